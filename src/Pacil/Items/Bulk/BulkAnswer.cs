using Pacil.Web.OpenApi;

namespace Pacil.Items.Bulk;

/// <summary>
/// The response to a bulk change: <see cref="BulkItems.Done"/>, or <see cref="BulkPreview"/>, which has all members.
/// This type exists only for the API description.
/// </summary>
[Example("""{"count": 2, "changed": 2}""")]
internal sealed record BulkAnswer(int Count, int Changed)
{
    public List<string>? Names { get; init; }

    public List<BulkRefusal>? Refused { get; init; }

    public int? RefusedCount { get; init; }

    public string? Fingerprint { get; init; }
}
