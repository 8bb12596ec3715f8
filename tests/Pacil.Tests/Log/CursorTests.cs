using FsCheck;
using FsCheck.Fluent;
using Pacil.Log;
using Pacil.Tests.Support;
using Pacil.Web;

namespace Pacil.Tests.Log;

/// <summary>
/// Feed cursors. A cursor contains, for each of several feeds, the sequence number after which the feed resumes.
/// </summary>
public sealed class CursorTests
{
    [Fact]
    public void What_is_written_is_read_again_and_of_several_the_earlier_wins()
    {
        var place = from feed in Gen.Choose(1, 6)
                    from seq in Gen.Choose(0, int.MaxValue)
                    from mark in Gen.Choose(int.MinValue, int.MaxValue)
                    select (Feed: (long)feed, Seq: (long)seq, Mark: mark);
        Prop.ForAll(place.NonEmptyListOf().ToArbitrary(), places =>
        {
            var merged =
                FeedCursor.Merge(places.Select(one => FeedCursor.At("0123456789ab", one.Feed, one.Seq, one.Mark)))!;

            merged.Epoch.ShouldBe("0123456789ab");
            foreach (var feed in places.GroupBy(one => one.Feed))
                merged.Places[feed.Key].ShouldBe(feed.Min(one => (one.Seq, one.Mark)));
            merged.Places.Count.ShouldBe(places.DistinctBy(one => one.Feed).Count());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_cursor_comes_back_as_it_was_and_says_where_each_feed_goes_on()
    {
        var cursor = FeedCursor.Merge([FeedCursor.With(FeedCursor.At("0123456789ab", 2, 7, -1), new FeedHead
        {
            Feed = long.MaxValue,
            Seq = 0,
            Mark = 5,
        })])!;

        $"{cursor}".ShouldBe("0123456789ab.2-7-ffffffff.9223372036854775807-0-00000005");
        $"{FeedCursor.Merge([$"{cursor}"])}".ShouldBe($"{cursor}");
        (cursor.IsStart, cursor.From(2), cursor.From(long.MaxValue), cursor.From(3))
            .ShouldBe((false, (7, -1), (0, 5), null));
        var start = FeedCursor.Merge([FeedCursor.Start])!;
        (start.IsStart, start.From(2)).ShouldBe((true, (0, 0)));
        FeedCursor.Merge([null, null]).ShouldBeNull();
        FeedCursor.Merge([null, $"{cursor}"])!.From(2).ShouldBe((7, -1));
    }

    [Theory, InlineData(""), InlineData("0123456789ab"), InlineData(".2-7-00000001"), InlineData("e."),
     InlineData("e.2-7"), InlineData("e.2-7-1"), InlineData("e.2-7-000000001"), InlineData("e.-2-7-00000001"),
     InlineData("e.2-7-0000000g"), InlineData("e. 2-7-00000001"), InlineData("e.2-7-00000001.2-8-00000001"),
     InlineData("e.9223372036854775808-7-00000001"), InlineData("0123456789abcdef0123456789abcdef0.2-7-00000001"),
     InlineData("START")]
    public void What_is_no_cursor_is_refused(string text)
    {
        Should.Throw<ProblemException>(() => FeedCursor.Merge([text])).Problem.Code.ShouldBe("bad_cursor");
        Should.Throw<ProblemException>(() => FeedCursor.Merge([FeedCursor.Start, text]));
    }

    [Fact]
    public void Two_marks_at_one_number_are_of_two_histories()
    {
        const string Epoch = "0123456789ab";
        var (good, stale, later) =
            (FeedCursor.At(Epoch, 2, 7, 5), FeedCursor.At(Epoch, 2, 7, 9), FeedCursor.At(Epoch, 2, 8, 1));
        FeedCursor.Merge([good, stale])!.Epoch.ShouldNotBe(Epoch);
        FeedCursor.Merge([good, later, stale])!.Epoch.ShouldNotBe(Epoch);
        FeedCursor.Merge([good, later, good])!.Epoch.ShouldBe(Epoch);
        FeedCursor.Merge([FeedCursor.Merge([good, stale])!.ToString()])!.Epoch.ShouldNotBe(
            Epoch, "and stays so when it comes back");
    }

    [Theory, Databases]
    public async Task Places_given_together_are_gone_on_from_each(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        await ana.CreateItem("Hers");
        var early = (await ana.Get("/api/items")).Header("Feed-Cursor");
        await ana.CreateItem("Hers, too");
        var late = (await ana.Get("/api/items")).Header("Feed-Cursor");
        await budi.CreateItem("His");

        // If two cursors name the same feed, the feed resumes after the smaller sequence number. A feed that no cursor
        // names starts at its head: the response contains only entries that are written later.
        (await Names(budi, $"after={late}&after={early}&follow={ana.Workspace},{budi.Workspace}"))
            .ShouldBe(["Hers, too"]);
        (await Names(budi, $"after={late}")).ShouldBeEmpty();
        // The cursor "start" applies to every feed that the request names.
        (await Names(budi, $"after={late}&after=start")).ShouldBe(["Hers", "Hers, too"]);
        (await Names(budi, "after=start")).ShouldBe(["His"]);
        // EventSource reconnects to its original URL and sends the header Last-Event-ID. The cursor in this header is
        // newer, so it takes precedence over the cursor in the URL.
        (await Names(budi, "after=start", ("Last-Event-ID", early!))).ShouldBe(["Hers, too"]);
    }

    [Fact]
    public async Task Fifty_workspaces_come_back_beside_the_inbox_and_one_more_is_refused()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var cursor = (await ana.Get("/api/feed?wait=0")).Json.GetProperty("cursor").GetString();
        cursor!.Split('.').Length.ShouldBe(3, "the epoch, her own workspace, her inbox");
        // Every feed that the cursor names is either followed or listed in the response as gone.
        var others = string.Concat(Enumerable.Range(900_001, 49).Select(feed => $".{feed}-1-00000000"));
        var found = (await ana.Get($"/api/feed?wait=0&after={cursor}{others}")).Json;
        found.GetProperty("gone").GetArrayLength().ShouldBe(49);
        found.GetProperty("cursor").GetString().ShouldBe(cursor);

        (await ana.Get($"/api/feed?wait=0&after={cursor}{others}&after={cursor}.900000-1-00000000"))
            .ShouldBeProblem(422, "invalid", "after");
        var follow = string.Join(',', Enumerable.Range(900_000, 51));
        (await ana.Get($"/api/feed?wait=0&follow={follow}")).ShouldBeProblem(422, "invalid", "follow");
    }

    private static async Task<List<string>> Names(Person person, string query, params (string, string)[] headers) =>
        [.. (await person.Get($"/api/feed?wait=0&{query}", headers)).Json.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("kind").GetString() == "item_created")
            .Select(entry => entry.GetProperty("data").GetProperty("name").GetString()!)];
}
