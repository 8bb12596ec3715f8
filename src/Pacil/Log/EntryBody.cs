using System.Text.Json;
using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Log;

/// <summary>
/// An entry as the API returns it. This type exists only for the API description; <see cref="EntryJson"/> writes the
/// entries.
/// </summary>
/// <param name="Workspace">Null for an entry of the caller's inbox.</param>
/// <param name="Data">An object whose members depend on the kind.</param>
[Example(
    """
    {
      "workspace": 1, "seq": 40, "kind": "stock_moved", "at": "2026-11-21T08:14:05.120Z", "actor": {"id": 1,
      "name": "ana"}, "subject": {"type": "item", "id": 7}, "version": 3, "data": {"movement": {"id": 12, "item": 7,
      "place": 1, "delta": -2, "reason": "taken", "note": "", "amount": 16, "version": 3,
      "at": "2026-11-21T08:14:05.120Z", "by": 1}, "amount": 16}, "key": "6f1c", "counts": {"items": 1, "pieces": 16,
      "low": 1}
    }
    """)]
[SchemaName("Entry")]
internal sealed record EntryBody(
    long? Workspace, long Seq, string Kind, DateTime At, EntryBody.ActorBody Actor, EntryBody.SubjectBody Subject,
    long Version, JsonElement Data)
{
    /// <summary>The idempotency key of the write; left out if there was none.</summary>
    public string? Key { get; init; }

    /// <summary>The number of the first entry of the group; left out if the entry is not in a group.</summary>
    public long? Group { get; init; }

    /// <summary>The number of the entry that this entry undoes; left out if it undoes none.</summary>
    public long? Undoes { get; init; }

    /// <summary>The counts of the workspace after the write; left out if the write did not change them.</summary>
    public CountsBody? Counts { get; init; }

    [SchemaName("EntryActor")]
    internal sealed record ActorBody(long? Id, string Name);

    [SchemaName("EntrySubject")]
    internal sealed record SubjectBody(string Type, long Id);

    [SchemaName("EntryCounts")]
    internal sealed record CountsBody(long Items, long Pieces, long Low);
}
