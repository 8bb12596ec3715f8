using FsCheck.Fluent;
using Pacil.Data;
using Pacil.Streaming;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Streaming;

/// <summary>A subscriber without a connection: it reads the ring and the database, and the test asks it.</summary>
public sealed class FeedSubscriberTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Every_entry_comes_once_and_in_order_wherever_the_ring_has_lost_some(TestDatabase database)
    {
        var app = await TestApp.On(database);
        foreach (var acts in Gen.Choose(0, 5).Zip(Gen.Choose(1, 150)).ListOf(25).Sample(4))
        {
            var ana = await app.SignIn();
            long[] feeds = [ana.Workspace, await ana.CreateWorkspace()];
            using var subscriber = app.Subscriber(ana);
            foreach (var feed in feeds) await Follow(subscriber, feed, (0, 0));
            var read = feeds.ToDictionary(feed => feed, _ => new List<long>());

            foreach (var (act, number) in acts)
                if (act < 2) await Write(app, ana, feeds[act], number);
                else if (act == 2) subscriber.Positions[number % 2].Ring.Empty();
                else if (act == 3) subscriber.Share();
                else await Read(subscriber, read, entries: number);
            await Write(app, ana, feeds[0], 1);
            await Write(app, ana, feeds[1], 1);
            await Read(subscriber, read, entries: int.MaxValue);

            foreach (var feed in feeds)
            {
                var head = (await app.Entries(feed)).Count;
                read[feed].ShouldBe(Enumerable.Range(1, head).Select(seq => (long)seq));
                subscriber.Reached(feed).ShouldBe((head, subscriber.Workspace(feed)!.Ring.Mark));
            }
        }
    }

    [Theory, Databases]
    public async Task A_position_counts_only_if_the_log_has_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await Write(app, ana, ana.Workspace, 3);
        var marks = (await app.Entries(ana.Workspace)).ConvertAll(entry => entry.Mark);
        var head = (3L, marks[2]);

        (await Start(null)).ShouldBe((null, head));
        (await Start((0, 0))).ShouldBe((null, (0L, 0)));
        (await Start((2, marks[1]))).ShouldBe((null, (2L, marks[1])));
        (await Start((2, marks[1] + 1))).ShouldBe(("epoch_changed", head));
        (await Start((2, marks[1]), isOtherEpoch: true)).ShouldBe(("epoch_changed", head));
        (await Start((4, 1))).ShouldBe(("ahead", head));
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "delete from entry where feed_id = @Workspace and seq = 1", new { ana.Workspace }), Cancellation);
        (await Start((1, marks[0]))).ShouldBe(("trimmed", head));

        async Task<(string?, (long, int))> Start((long, int)? from, bool isOtherEpoch = false)
        {
            using var subscriber = app.Subscriber(ana);
            var (isFound, reset) =
                await subscriber.Follow(ana.Workspace, isInbox: false, from, isOtherEpoch, Cancellation);
            isFound.ShouldBeTrue();
            return (reset, subscriber.Reached(ana.Workspace));
        }
    }

    [Theory, Databases]
    public async Task A_feed_that_is_followed_twice_keeps_its_position_and_one_that_is_hidden_has_none(
        TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await Write(app, ana, ana.Workspace, 3);
        using var subscriber = app.Subscriber(ana);
        await Follow(subscriber, ana.Workspace, (0, 0));
        await Follow(subscriber, ana.Workspace, null);
        subscriber.Reached(ana.Workspace).ShouldBe((0, 0));

        (await subscriber.Follow(budi.Workspace, isInbox: false, null, isOtherEpoch: false, Cancellation))
            .ShouldBe((false, null));
        subscriber.Positions.Count.ShouldBe(1);
        subscriber.Workspace(budi.Workspace).ShouldBeNull();
        var ring = subscriber.Positions[0].Ring;
        ring.Subscribers.Count.ShouldBe(1);
        subscriber.Dispose();
        (subscriber.Positions.Count, ring.Subscribers.Count, ring.IsDropped).ShouldBe((0, 0, true));
    }

    [Theory, Databases]
    public async Task Who_is_removed_reads_no_further_and_who_is_admitted_again_reads_on(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var budi = await app.Member(ana, ana.Workspace, Role.Viewer);
        using var subscriber = app.Subscriber(budi);
        await Follow(subscriber, ana.Workspace, null);
        (await ana.Delete($"/api/w/{ana.Workspace}/members/{budi.Id}")).Status.ShouldBe(204);
        var place = subscriber.Positions[0];
        await Until(subscriber, ReadResult.Gone);
        var removed = place.Seq + 1;
        await ana.Admit(budi);

        (await subscriber.Recover(ReadResult.Gone, place)).ShouldBeNull();
        subscriber.Next(out _, out var entry).ShouldBe(ReadResult.Entry);
        entry.Seq.ShouldBe(removed);
        await Until(subscriber, ReadResult.Idle);

        (await ana.Delete($"/api/w/{ana.Workspace}/members/{budi.Id}")).Status.ShouldBe(204);
        await Until(subscriber, ReadResult.Gone);
        var notice = (await subscriber.Recover(ReadResult.Gone, place)).ShouldNotBeNull();
        notice.Gone.ShouldBe([ana.Workspace]);
        (notice.Reset.Count, notice.Reason).ShouldBe((0, null));
        subscriber.Next(out _, out _).ShouldBe(ReadResult.Idle);
    }

    [Theory, Databases]
    public async Task After_a_ring_has_started_again_the_position_is_checked(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await Write(app, ana, ana.Workspace, 3);
        using var subscriber = app.Subscriber(ana);
        await Follow(subscriber, ana.Workspace, null);
        var place = subscriber.Positions[0];
        var mark = place.Mark;
        place.Ring.Start(3, mark, []);
        subscriber.Next(out _, out _).ShouldBe(ReadResult.Moved);
        (await subscriber.Recover(ReadResult.Moved, place)).ShouldBeNull("the log still has it");
        subscriber.Next(out _, out _).ShouldBe(ReadResult.Idle);

        place.Mark = mark + 1;
        place.Ring.Start(3, mark, []);
        subscriber.Next(out _, out _).ShouldBe(ReadResult.Moved);
        var notice = (await subscriber.Recover(ReadResult.Moved, place)).ShouldNotBeNull();
        notice.Reset.ShouldBe([ana.Workspace]);
        (notice.Gone.Count, notice.Reason).ShouldBe((0, "epoch_changed"));
        (place.Seq, place.Mark).ShouldBe((3, mark));
    }

    private static async Task Follow(FeedSubscriber subscriber, long feed, (long, int)? from) =>
        (await subscriber.Follow(feed, isInbox: false, from, isOtherEpoch: false, Cancellation))
        .ShouldBe((true, null));

    /// <summary>Reads until nothing is left, or the given number of entries.</summary>
    private static async Task Read(FeedSubscriber subscriber, Dictionary<long, List<long>> read, int entries)
    {
        while (entries > 0)
        {
            var step = subscriber.Next(out var place, out var entry);
            if (step == ReadResult.Idle) return;
            if (step == ReadResult.Entry) read[place.Ring.Feed].Add(entry.Seq);
            else (await subscriber.Recover(step, place)).ShouldBeNull();
            if (step == ReadResult.Entry) entries--;
        }
    }

    /// <summary>Reads up to the given result, and waits for entries if it has not come yet.</summary>
    private static async Task Until(FeedSubscriber subscriber, ReadResult wanted)
    {
        while (subscriber.Next(out var place, out _) is var step && step != wanted)
            if (step == ReadResult.Idle)
                await subscriber.Signal.Wait().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
            else if (step != ReadResult.Entry)
                (await subscriber.Recover(step, place)).ShouldBeNull();
    }

    private static Task<int> Write(TestApp app, Person person, long feed, int count) => app.Database.Write(
        new Actor(person.Id, person.Name), tx =>
        {
            for (var n = 0; n < count; n++)
                tx.Record(new Change(feed, "item_changed", "item", 1, 1, """{"text":"x"}"""));
            return Task.FromResult(count);
        }, Cancellation);
}
