using Pacil.Data;
using Pacil.Streaming;

namespace Pacil.Tests.Streaming;

public sealed class FeedPageTests
{
    [Fact]
    public void What_was_read_ahead_is_read_again_when_the_name_of_its_author_may_have_changed()
    {
        using var free = new SemaphoreSlim(1);
        var ring = new FeedRing(7, isInbox: false, new RingMemory(RingMemory.BytesMax));
        using var page = new FeedPage(free, new FeedPosition(ring));
        page.Fill([By(account: 3, seq: 1), By(account: 3, seq: 2)]);
        page.After(0).ShouldNotBeNull();

        // The ring buffer contains no entry of account 3, so this call evicts nothing. It must nevertheless make the
        // page of entries invalid.
        ring.EvictEntriesOf(3);

        page.After(1).ShouldBeNull();
    }

    private static Entry By(long account, long seq) => new()
    {
        FeedId = 7,
        Seq = seq,
        Mark = 1,
        At = DateTime.UnixEpoch,
        ActorId = account,
        ActorName = "ana",
        Kind = "item_archived",
        SubjectType = "item",
        SubjectId = 9,
        Version = 2,
        Key = null,
        Data = "{}",
    };
}
