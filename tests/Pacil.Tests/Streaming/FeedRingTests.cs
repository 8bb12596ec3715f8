using FsCheck;
using FsCheck.Fluent;
using Pacil.Data;
using Pacil.Log;
using Pacil.Streaming;

namespace Pacil.Tests.Streaming;

/// <summary>The ring buffer of one feed, without a database.</summary>
public sealed class FeedRingTests
{
    [Fact]
    public void A_ring_takes_only_the_next_entry_and_holds_the_latest_of_them()
    {
        var entry = from step in Gen.Frequency((8, Gen.Constant(1L)), (1, Gen.Choose(-5, 0).Select(n => (long)n)),
                        (1, Gen.Choose(2, 9).Select(n => (long)n)))
                    from width in Gen.Frequency((9, Gen.Choose(0, 100)), (1, Gen.Choose(0, 100_000)))
                    select (Step: step, Width: width);
        Prop.ForAll(entry.ArrayOf(300).ToArbitrary(), steps =>
        {
            var ring = Started();
            var lengths = new Dictionary<long, int>();
            foreach (var (step, width) in steps)
            {
                var (head, seq) = (ring.Head, ring.Head + step);
                if (seq < 1) continue;
                ring.Append(Wide(seq, width)).ShouldBe(step <= 1);
                ring.Head.ShouldBe(step == 1 ? seq : head);
                if (step == 1) lengths[seq] = ring.Find(seq)!.Bytes;

                var held = lengths.Keys.Where(known => ring.Find(known) is not null).ToList();
                held.ShouldBe(Enumerable.Range(0, held.Count).Select(n => ring.Head - held.Count + 1 + n));
                ring.Bytes.ShouldBe(held.Sum(known => lengths[known]));
                ring.Bytes.ShouldBeLessThanOrEqualTo(FeedRing.BytesMax);
            }
            ring.HasDiverged.ShouldBeFalse();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5));
    }

    [Fact]
    public void Small_entries_are_held_up_to_the_capacity()
    {
        var ring = Started();
        for (var seq = 1L; seq <= 2 * Redaction.RingCapacity; seq++) ring.Append(FeedEntry.Of(7, seq)).ShouldBeTrue();

        ring.Find(Redaction.RingCapacity).ShouldBeNull();
        for (var seq = Redaction.RingCapacity + 1L; seq <= ring.Head; seq++) ring.Find(seq)!.Seq.ShouldBe(seq);
        ring.Find(ring.Head + 1).ShouldBeNull();
    }

    [Fact]
    public void A_known_entry_with_another_mark_shows_that_a_backup_was_restored()
    {
        var ring = Started();
        for (var seq = 1; seq <= 3; seq++) ring.Append(FeedEntry.Of(7, seq, mark: seq)).ShouldBeTrue();
        ring.Append(FeedEntry.Of(7, 2, mark: 2)).ShouldBeTrue("it is known");

        ring.Append(FeedEntry.Of(7, 2, mark: 9)).ShouldBeFalse();
        ring.HasDiverged.ShouldBeTrue();
        ring.Append(FeedEntry.Of(7, 4, mark: 4)).ShouldBeFalse("until the ring has started again");

        ring.Start(2, 9, [FeedEntry.Of(7, 1), FeedEntry.Of(7, 2, mark: 9), FeedEntry.Of(7, 3)]);
        (ring.HasDiverged, ring.Head, ring.Mark, ring.Generation).ShouldBe((false, 2, 9, 1));
        ring.Find(2)!.Mark.ShouldBe(9);
        ring.Find(3).ShouldBeNull("the head was read before this entry was written");
        ring.Append(FeedEntry.Of(7, 3)).ShouldBeTrue();
    }

    [Fact]
    public void A_head_without_its_entry_is_compared_by_the_mark_of_the_head()
    {
        var ring = new FeedRing(7, isInbox: true, new RingMemory(RingMemory.BytesMax));
        ring.Append(FeedEntry.Of(7, 1)).ShouldBeFalse("it has not started");
        ring.Start(5, 50, []);

        ring.Append(FeedEntry.Of(7, 5, mark: 50)).ShouldBeTrue();
        ring.Append(FeedEntry.Of(7, 5, mark: 51)).ShouldBeFalse();
        ring.HasDiverged.ShouldBeTrue();
    }

    [Fact]
    public void An_entry_that_reports_overwritten_ones_evicts_them()
    {
        var ring = Started();
        for (var seq = 1; seq <= 4; seq++) ring.Append(FeedEntry.Of(7, seq)).ShouldBeTrue();
        var redactions = ring.Redactions;

        ring.Append(FeedEntry.Of(7, 5, kind: "message_redacted", data: """{"entries":[2,3]}""")).ShouldBeTrue();

        Held(ring).ShouldBe([1, 4, 5]);
        ring.Redactions.ShouldBe(redactions + 1);
        ring.Bytes.ShouldBe(Held(ring).Sum(seq => ring.Find(seq)!.Bytes));
    }

    [Fact]
    public void The_entries_of_one_account_are_evicted_when_its_name_may_have_changed()
    {
        var ring = Started();
        for (var seq = 1; seq <= 6; seq++) ring.Append(FeedEntry.Of(7, seq, actor: seq % 2)).ShouldBeTrue();

        ring.EvictEntriesOf(1);

        Held(ring).ShouldBe([2, 4, 6]);
        ring.Head.ShouldBe(6);
    }

    private static FeedRing Started()
    {
        var ring = new FeedRing(7, isInbox: false, new RingMemory(RingMemory.BytesMax));
        ring.Start(0, 0, []);
        return ring;
    }

    private static Entry Wide(long seq, int width) =>
        FeedEntry.Of(7, seq, data: $$"""{"text":"{{new string('x', width)}}"}""");

    private static List<long> Held(FeedRing ring) =>
        [.. Enumerable.Range(1, (int)ring.Head).Select(seq => (long)seq).Where(seq => ring.Find(seq) is not null)];
}
