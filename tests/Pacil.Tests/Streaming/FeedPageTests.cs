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
        page.Fill([FeedEntry.Of(7, 1, actor: 3), FeedEntry.Of(7, 2, actor: 3)]);
        page.After(0).ShouldNotBeNull();

        // The ring buffer contains no entry of account 3, so this call evicts nothing. It must nevertheless make the
        // page of entries invalid.
        ring.EvictEntriesOf(3);

        page.After(1).ShouldBeNull();
    }
}
