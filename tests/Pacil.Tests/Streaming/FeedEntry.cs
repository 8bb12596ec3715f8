using Pacil.Data;

namespace Pacil.Tests.Streaming;

/// <summary>Entries that were read from no database, for tests of the ring and of pages.</summary>
internal static class FeedEntry
{
    public static Entry Of(
        long feed, long seq, int mark = 1, long actor = 1, string kind = "item_changed", string data = "{}") => new()
        {
            FeedId = feed,
            Seq = seq,
            Mark = mark,
            At = DateTime.UnixEpoch,
            ActorId = actor,
            ActorName = "ana",
            Kind = kind,
            SubjectType = "item",
            SubjectId = 9,
            Version = 2,
            Key = null,
            Data = data,
        };
}
