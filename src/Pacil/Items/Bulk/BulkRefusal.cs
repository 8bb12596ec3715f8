using System.Text.Json.Serialization;
using Pacil.Web;
using static Pacil.Web.Language.Texts;

namespace Pacil.Items.Bulk;

/// <summary>An item that refuses a change of many, and why.</summary>
internal sealed record BulkRefusal(
    long Id, string Name, string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Available)
{
    /// <summary>So many are listed one by one.</summary>
    public const int ShownMax = 20;

    private const int MentionedMax = 3;

    /// <summary>409: how many refuse, and which.</summary>
    public static Problem ExplainRefusal(List<BulkRefusal> refused, int count) => new(
        StatusCodes.Status409Conflict, "bulk_refused", refused.Count, count, Mention(refused, refused.Count))
    {
        Members =
        [
            ("refused", Json.Text([.. refused.Take(ShownMax)], ItemsJson.Default.ListBulkRefusal)),
            ("refused_count", $"{refused.Count}"),
        ],
    };

    /// <summary>"Bolt (only 2 there), Nut (archived), …".</summary>
    public static string Mention(IReadOnlyList<BulkRefusal> refused, int count) =>
        string.Join(", ", refused.Take(MentionedMax)) + (count > MentionedMax ? ", …" : "");

    /// <summary>"Bolt (only 2 there)".</summary>
    public override string ToString() => T($"js.bulk.refused.{Code}", Name, Available ?? 0);
}
