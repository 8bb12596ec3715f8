using Pacil.Data;
using Pacil.Log;

namespace Pacil.Streaming;

/// <summary>One entry, encoded once for all subscribers.</summary>
/// <param name="Actor">The account whose name the entry contains.</param>
/// <param name="RevokesAccess">The account that loses its access to the feed with this entry.</param>
internal sealed record RingEntry(long Seq, int Mark, long? Actor, long? RevokesAccess, byte[] Json)
{
    /// <summary>The bytes of the object, the array's header and the slots in the ring.</summary>
    private const int Overhead = 128;

    public int Bytes => Json.Length + Overhead;

    public static RingEntry Of(Entry entry, bool isInbox) => new(
        entry.Seq, entry.Mark, entry.ActorId,
        entry.Kind is "member_removed" or "account_demoted" ? entry.SubjectId : null, EntryJson.Bytes(entry, isInbox));
}
