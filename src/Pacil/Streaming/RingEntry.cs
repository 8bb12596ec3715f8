using Pacil.Data;
using Pacil.Log;
using Pacil.Log.Events;

namespace Pacil.Streaming;

/// <summary>One entry, encoded as JSON. All subscribers share the same bytes.</summary>
/// <param name="Actor">The account whose name the entry contains; null if there is no such account.</param>
/// <param name="RevokesAccess">The account that loses its access to the feed with this entry; usually null.</param>
internal sealed record RingEntry(long Seq, int Mark, long? Actor, long? RevokesAccess, byte[] Json)
{
    /// <summary>
    /// An estimate of the bytes that an entry uses in addition to its JSON: the object, the header of the byte array,
    /// and the slots in the ring.
    /// </summary>
    private const int Overhead = 128;

    public int Bytes => Json.Length + Overhead;

    public static RingEntry Of(Entry entry, bool isInbox) => new(
        entry.Seq, entry.Mark, entry.ActorId,
        EventRegistry.Find(entry.Kind) is { RevokesAccess: true } ? entry.SubjectId : null,
        EntryJson.Bytes(entry, isInbox));
}
