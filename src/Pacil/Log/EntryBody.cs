using System.Text.Json;
using Pacil.Web;

namespace Pacil.Log;

/// <summary>
/// An entry as the API returns it. This type exists only for the API description; <see cref="EntryJson"/> writes the
/// entries.
/// </summary>
/// <param name="Workspace">Null for an entry of the caller's inbox.</param>
/// <param name="Data">An object whose members depend on the kind.</param>
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
