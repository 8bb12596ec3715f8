using Pacil.Data;

namespace Pacil.Feed;

/// <summary>One entry, encoded once for all who follow.</summary>
/// <param name="Actor">The account whose name it says.</param>
/// <param name="RevokesAccess">The account that may not read on from here.</param>
internal sealed record RingEntry(long Seq, int Mark, long? Actor, long? RevokesAccess, byte[] Json)
{
    /// <summary>Of the object, the array's header and the places in the ring.</summary>
    private const int Overhead = 128;

    /// <summary>What it takes in memory.</summary>
    public int Bytes => Json.Length + Overhead;

    public static RingEntry Of(Entry entry, bool isInbox) => new(
        entry.Seq, entry.Mark, entry.ActorId,
        entry.Kind is "member_removed" or "account_demoted" ? entry.SubjectId : null, EntryJson.Bytes(entry, isInbox));
}
