using System.Text.Json.Serialization;
using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Items.Events;

/// <summary>The details of an item changed. A detail that did not change is null.</summary>
/// <remarks>
/// If the stored data has a field that this version of the program does not know, the entry is read as an
/// <see cref="UnknownEvent"/> and cannot be undone. Otherwise an undo would lose the change of this field.
/// </remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ItemChanged : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("item_changed", "item", static () => ItemsJson.Default.ItemChanged);

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FieldChange<string>? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FieldChange<string>? Description { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FieldChange<string>? Unit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FieldChange<long?>? Threshold { get; init; }

    /// <returns>Null if nothing differs.</returns>
    public static ItemChanged? Between(ItemDetails from, ItemDetails to) => from == to ? null : new()
    {
        Name = FieldChange<string>.Between(from.Name, to.Name),
        Description = FieldChange<string>.Between(from.Text, to.Text),
        Unit = FieldChange<string>.Between(from.Unit, to.Unit),
        Threshold = FieldChange<long?>.Between(from.Threshold, to.Threshold),
    };

    /// <summary>Each changed field with its value before the event, formatted as in a form.</summary>
    public IEnumerable<(string Name, string Before)> Fields()
    {
        if (Name is not null) yield return ("name", Name.From);
        if (Description is not null) yield return ("description", Description.From);
        if (Unit is not null) yield return ("unit", Unit.From);
        if (Threshold is not null) yield return ("threshold", $"{Threshold.From}");
    }

    internal override UndoAction Undo => this is { Name: null, Description: null, Unit: null }
        ? new UndoThreshold()
        : new UndoDetails();

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) =>
        new(Name is null ? "item_changed" : "item_renamed")
        {
            Name = Name?.To,
            Value = Name is null ? null : Excerpt(Name.From),
            Details =
            [
                .. new[]
                {
                    Description?.Describe("description"), Unit?.Describe("unit"), Threshold?.Describe("threshold"),
                }.OfType<string>(),
            ],
        };

    private static string Excerpt(string text) => Web.Language.Texts.Excerpt(text, EventText.QuoteLengthMax);
}
