using System.Text.Json.Serialization;
using Pacil.Web;
using static Pacil.Web.Language.Texts;

namespace Pacil.Items.Bulk;

/// <summary>An item for which a change of many items is not possible, and the reason.</summary>
internal sealed record BulkRefusal(
    long Id, string Name, string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Available = null)
{
    /// <summary>The maximum number of refused items in a response.</summary>
    public const int ShownMax = 20;

    private const int MentionedMax = 3;

    /// <summary>The 409 response, with the number of refused items and the first of these items.</summary>
    public static Problem ExplainRefusal(List<BulkRefusal> refused, int count) => new(
        StatusCodes.Status409Conflict, "bulk_refused", refused.Count, count, Mention(refused, refused.Count))
    {
        Members =
        [
            ("refused", Json.Text([.. refused.Take(ShownMax)], ItemsJson.Default.ListBulkRefusal)),
            ("refused_count", $"{refused.Count}"),
        ],
    };

    /// <summary>Names the first refused items, for example "Bolt (only 2 in stock), Nut (archived), …".</summary>
    public static string Mention(IReadOnlyList<BulkRefusal> refused, int count) =>
        string.Join(", ", refused.Take(MentionedMax)) + (count > MentionedMax ? ", …" : "");

    /// <summary>For example "Bolt (only 2 in stock)".</summary>
    public override string ToString() => T($"js.bulk.refused.{Code}", Name, Available ?? 0);
}
