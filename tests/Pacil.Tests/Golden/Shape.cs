using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pacil.Tests.Golden;

/// <summary>Replaces ids and the numbered user names of the tests by placeholders.</summary>
internal static partial class Shape
{
    private static readonly string[] Ids =
    [
        "id", "item", "room", "workspace", "account", "place", "by", "created_by", "updated_by", "group", "entry",
        "seq", "pk", "user", "latest",
    ];

    public static JsonNode? Json(JsonNode? node) => Scrub.Texts(node, Text, Ids);

    public static string Text(string text) =>
        Name().Replace(Place().Replace(Number().Replace(text, "<id>"), ".<feed>-<seq>"), "<name>");

    /// <summary>Matches an id in a URL or in an XML attribute.</summary>
    [GeneratedRegex(@"(?<=/)\d+(?=[/?>]|$)|(?<=pk=""|auth\.user"">)\d+", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    /// <summary>
    /// Matches the id of a feed and a sequence number in a feed cursor. A placeholder has already replaced the random
    /// mark after them.
    /// </summary>
    [GeneratedRegex(@"\.\d+-\d+(?=-)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex(@"\bana\d+x?\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
