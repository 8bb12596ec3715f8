using System.Globalization;
using Pacil.Data;
using Pacil.Items.Stock;
using Pacil.Web;
using Pacil.Web.Requests;
using static Pacil.Web.Language.Texts;

namespace Pacil.Items.Bulk;

/// <summary>
/// A change of many items: a movement if <c>Movement</c> is set, archiving or restoring if <c>IsArchived</c> is set,
/// otherwise a new threshold. A null threshold then removes the threshold.
/// </summary>
internal sealed record BulkChange(MoveStock.Request? Movement, bool? IsArchived, long? Threshold)
{
    private static readonly string[] Kinds = ["delta", "archived", "threshold"];
    private static readonly string[] Words = ["", "take", "receive", "threshold", "archive", "restore"];

    /// <summary>
    /// Reads the JSON object <c>change</c>. It must have exactly one of the fields <c>delta</c>, <c>archived</c> and
    /// <c>threshold</c>.
    /// </summary>
    public static BulkChange Read(RequestFields change)
    {
        var named = Kinds.Where(change.Has).ToList();
        if (named.Count != 1) change.Error("change", "error.not_one_of", string.Join(", ", Kinds));
        else if (named[0] == "delta") return new(MoveStock.Request.Read(change), null, null);
        else if (named[0] == "archived")
        {
            if (change.Flag("archived") is { } archived) return new(null, archived, null);
            if (change.Problem is null) change.Error("archived", "error.required");
        }
        return new(null, null, change.Integer("threshold", 0, Amount.Max));
    }

    /// <summary>
    /// Reads the form of the list page: the field <c>change</c> is a word such as <c>take</c>, and <c>value</c> is a
    /// number.
    /// </summary>
    public static BulkChange ReadForm(RequestFields fields)
    {
        var word = fields.OneOf("change", Words, required: true);
        if (word is "archive" or "restore") return new(null, word == "archive", null);
        var isMovement = word is "take" or "receive";
        var value = fields.Integer("value", isMovement ? 1 : 0, Amount.Max, required: isMovement);
        return !isMovement ? new(null, null, value)
            : word == "take" ? new(new MoveStock.Request(-(value ?? 0), Reason.Taken), null, null)
            : new(new MoveStock.Request(value ?? 0, Reason.Received), null, null);
    }

    /// <summary>The options of the form's <c>select</c> element, with their labels.</summary>
    public static IEnumerable<(string Value, string Text)> Choices(bool isArchive) =>
        (isArchive ? Words[5..] : Words[1..5]).Select(word => (word, T($"bulk.choice.{word}")));

    /// <summary>The confirmation question, for example "Take 2 of each of these 12 items?"</summary>
    public string Question(int count)
    {
        var word = Movement is { Delta: < 0 } ? "take" : Movement is not null ? "receive"
            : IsArchived is { } archived ? archived ? "archive" : "restore"
            : Threshold is null ? "threshold_none" : "threshold";
        var value = Movement is null ? Threshold ?? 0 : Math.Abs(Movement.Delta);
        return T($"js.bulk.{word}", Shown(value), Shown(count));

        static string Shown(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
    }

    /// <summary>Whether the change would alter the item. A movement alters every item.</summary>
    public bool Changes(Item item) =>
        Movement is not null
        || (IsArchived is { } archived ? item.ArchivedAt is not null != archived : item.Threshold != Threshold);

    /// <summary>Returns why the change is not possible for an item; null if the change is possible.</summary>
    public BulkRefusal? Refusal(BulkTarget target)
    {
        var (item, available) = (target.Item, target.Available);
        if (Movement is null) return null;
        if (item.ArchivedAt is not null) return new(item.Id, item.Name, "archived", null);
        if (Movement.Delta < 0 && available + Movement.Delta < 0)
            return new(item.Id, item.Name, "insufficient_stock", available);
        return item.Amount + Movement.Delta > Amount.Max
            ? new(item.Id, item.Name, "too_large", null) : null;
    }

    /// <summary>
    /// Applies the change to all targets that it would alter. If one target is refused, no target is changed.
    /// </summary>
    /// <param name="targets">The current items, locked by the caller.</param>
    /// <returns>The number of changed items.</returns>
    public async Task<Result<int>> Apply(
        WriteTransaction tx, long workspace, long place, List<BulkTarget> targets)
    {
        var refused = targets.ConvertAll(Refusal).OfType<BulkRefusal>().ToList();
        if (refused.Count > 0) return BulkRefusal.ExplainRefusal(refused, targets.Count);
        var items = targets.Select(target => target.Item).Where(Changes).ToList();
        if (items.Count > 0) await Apply(tx, workspace, place, items);
        return items.Count;
    }

    private Task Apply(WriteTransaction tx, long workspace, long place, List<Item> items) =>
        Movement is not null ? BulkMoveStock.Apply(tx, workspace, place, Movement, items.ConvertAll(item => item.Id))
        : IsArchived is { } archived ? BulkArchive.Apply(tx, workspace, items, archived)
        : BulkSetThreshold.Apply(tx, workspace, items, _ => Threshold);
}
