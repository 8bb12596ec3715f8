using Pacil.Data;
using Pacil.Tests.Support;

namespace Pacil.Tests.Admin;

/// <summary>Only administrators can follow the administrators' feed.</summary>
public sealed class FollowingTests
{
    private static readonly string Followed = $"follow={Entry.Administration}";

    [Theory, Databases]
    public async Task Administrators_hear_what_is_done_about_accounts(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        foreach (var list in new[] { "/api/users", "/api/users?search=nobody", "/api/users/entries" })
        {
            var cursor = (await ana.Get(list)).Header("Feed-Cursor");
            await ana.Patch($"/api/users/{budi.Id}", new { email = $"{list.Length}@example.org" });
            var next = (await ana.Get($"/api/feed?after={cursor}&wait=0")).Json.GetProperty("entries");
            next.EnumerateArray().Select(entry => entry.GetProperty("subject").GetProperty("id").GetInt64())
                .ShouldBe([budi.Id]);
        }
        foreach (var transport in Enum.GetValues<Transport>())
        {
            await using var reader = await FeedReader.Open(ana, transport, $"{Followed}&after=start");
            var first = await reader.Next();
            (first.Seq, first.Kind, first.Data.GetProperty("workspace").GetInt64())
                .ShouldBe((1, "account_created", Entry.Administration));
        }
        (await budi.Get($"/api/feed?{Followed}&wait=0")).ShouldBeProblem(404, "not_found");
    }

    [Theory, Databases]
    public async Task Who_administers_no_more_hears_no_more(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        await ana.Promote(budi);
        await using var reader = await FeedReader.Open(budi, Transport.WebSocket, Followed);
        await ana.Patch($"/api/users/{budi.Id}", new { administrator = false });
        await ana.Post("/api/users", new { username = "citra" });

        var rest = (await reader.Rest()).FindAll(frame => frame.Event != "heartbeat");
        rest.Select(frame => frame.Event).ShouldBe(["gone", "close"]);
        rest[0].Data.GetProperty("workspace").GetInt64().ShouldBe(Entry.Administration);
    }

    [Theory, Databases]
    public async Task Nobody_is_present_where_accounts_are_kept(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        await ana.Promote(budi);
        await using var reader = await FeedReader.Open(ana, Transport.EventStream, $"{Followed}&here=room:lobby");
        await using (await FeedReader.Open(budi, Transport.WebSocket, Followed))
            await ana.Post("/api/users", new { username = "citra" });
        (await reader.NextOf("entry", "here", "user_joined", "typing")).Event.ShouldBe("entry");
    }
}
