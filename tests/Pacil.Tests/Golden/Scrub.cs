using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pacil.Tests.Golden;

/// <summary>
/// Puts placeholders in the place of values that differ between runs. A value is replaced only if it has exactly the
/// expected format, so a change of format makes the test fail.
/// </summary>
internal static partial class Scrub
{
    public static JsonNode Json(JsonElement json) => Json(JsonNode.Parse(json.GetRawText()))!;

    public static JsonNode? Json(JsonNode? node) => Texts(node, Text);

    /// <summary>
    /// Copies the JSON node. Passes each string through <c>make</c>, and replaces each number whose member name is in
    /// <c>ids</c> by <c>&lt;id&gt;</c>.
    /// </summary>
    public static JsonNode? Texts(JsonNode? node, Func<string, string> make, params string[] ids) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(
            member.Key, ids.Contains(member.Key) && member.Value?.GetValueKind() == JsonValueKind.Number
                ? "<id>" : Texts(member.Value, make, ids)))),
        JsonArray elements => new JsonArray([.. elements.Select(element => Texts(element, make, ids))]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(make(text)),
        _ => node?.DeepClone(),
    };

    public static string Text(string text)
    {
        text = Time().Replace(text, "<time>");
        text = FeedCursor().Replace(
            text, cursor => Mark().Replace("<epoch>" + cursor.Groups["places"].Value, "-<mark>"));
        text = ListCursor().Replace(text, "cursor=<page>");
        text = Secret().Replace(text, "<secret>");
        return Trace().Replace(text, "<trace>");
    }

    [GeneratedRegex(@"(?<![\d-])\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{3}Z", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();

    /// <summary>
    /// Matches a feed cursor: the database's epoch, followed by three values for each feed. These are the id of the
    /// feed, the sequence number of an entry, and the mark, a random number stored with the entry. At sequence number 0
    /// the mark is zero.
    /// </summary>
    [GeneratedRegex(@"\b[0-9a-f]{12}(?<places>(\.\d+-\d+-[0-9a-f]{8})+)\b", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FeedCursor();

    [GeneratedRegex(@"-(?!00000000)[0-9a-f]{8}(?=\.|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"cursor=[A-Za-z0-9_-]{8,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListCursor();

    /// <summary>Matches a secret: 256 random bits in base64url, with or without the prefix of a token.</summary>
    [GeneratedRegex(@"(?<=^|[^A-Za-z0-9_-]|pacil_)[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();

    /// <summary>
    /// Matches a trace id. With tracing, it is a W3C trace id. Without tracing, it is the connection id with the
    /// request's number; in a part of a batch, it is the connection id alone.
    /// </summary>
    [GeneratedRegex(
        @"^([0-9a-f]{32}|[0-9A-V]{13}(:[0-9A-F]{8})?)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trace();
}
