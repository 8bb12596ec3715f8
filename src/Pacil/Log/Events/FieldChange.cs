using Pacil.Web.Language;

namespace Pacil.Log.Events;

/// <summary>The value of a field before and after an event.</summary>
internal sealed record FieldChange<T>(T From, T To)
{
    /// <returns>Null if the values are equal.</returns>
    public static FieldChange<T>? Between(T from, T to) => Equals(from, to) ? null : new(from, to);

    /// <summary>For example "Unit: pcs → g".</summary>
    public string Describe(string field) =>
        Texts.T("js.activity.change", Texts.T($"field.{field}"), Quoted(From), Quoted(To));

    private static string Quoted(T value) => $"{value}" is { Length: > 0 } text
        ? Texts.Excerpt(text, EventText.QuoteLengthMax)
        : Texts.T("js.feed.empty");
}
