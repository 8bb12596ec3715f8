using Pacil.Data;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Notifications;

public sealed class NotificationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Low_stock_and_its_recovery_are_told_to_who_is_alone_with_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var bolt = await ana.Threshold("Bolt", 8);
        await ana.Move(bolt, -4);

        var low = (await ana.Notified(1))[0];
        low.Kind().ShouldBe("stock_low");
        low.Text().ShouldBe("Bolt is low: 4 pcs left.");
        low.GetProperty("workspace").GetInt64().ShouldBe(ana.Workspace);
        low.GetProperty("read_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var entry = (await app.Entries(ana.Workspace)).Single(entry => entry.Kind == "stock_low");
        low.GetProperty("entry").GetInt64().ShouldBe(entry.Seq);
        low.GetProperty("at").GetDateTime().ShouldBe(entry.At);
        low.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["id", "kind", "workspace", "entry", "text", "at", "read_at"]);

        await ana.Move(bolt, 10);
        var told = await ana.Notified(2);
        told[0].Text().ShouldBe("Bolt is no longer low: 14 pcs now.");
        // The notification's text contains the item's current name and is in the reader's language.
        await ana.Patch($"/api/items/{bolt}", new { name = "Baut" });
        (await ana.Get("/api/notifications", ("Accept-Language", "id"))).Json[1].Text()
            .ShouldBe("Baut menipis: tinggal 4 pcs.");
        (await ana.Page($"/notifications/{low.Id()}")).Header("Location").ShouldBe($"/items/{bolt}");
    }

    [Theory, Databases]
    public async Task Among_several_every_other_editor_is_told_and_no_viewer(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi, citra) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        await ana.Admit(budi, Role.Editor);
        await ana.Admit(citra, Role.Viewer);
        var bolt = await ana.Threshold("Bolt", 8);
        await ana.Move(bolt, -4);

        var told = (await budi.Notified(1))[0];
        told.Text().ShouldBe($"{ana.Name}: Bolt is low: 4 pcs left.");
        (await budi.Page($"/notifications/{told.Id()}")).Header("Location")
            .ShouldBe($"/w/{ana.Workspace}/items/{bolt}");
        await budi.Move(bolt, 4, $"/api/w/{ana.Workspace}");
        (await ana.Notified(1))[0].Kind().ShouldBe("stock_recovered");
        await budi.Notified(1);
        await citra.Notified(0);
    }

    [Theory, Databases]
    public async Task What_becomes_low_in_one_write_is_told_once(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var items =
            new[] { await ana.Threshold("Bolt", 8), await ana.Threshold("Nut", 8), await ana.Threshold("Screw", 8) };
        await app.Database.Write(new Actor(ana.Id, ana.Name), async tx =>
        {
            foreach (var item in items)
                await Pacil.Items.Stock.MoveStock.Apply(
                    tx, ana.Workspace, item, new Pacil.Items.Stock.MoveStock.Request(-8, "taken"));
            return 0;
        }, Cancellation);

        (await ana.Notified(1))[0].Text().ShouldBe("3 items are low, including Bolt.");
        (await ana.Page($"/notifications/{(await ana.Notified(1))[0].Id()}")).Header("Location").ShouldBe("/?low=true");
    }

    [Theory, Databases]
    public async Task Whoever_is_mentioned_is_told_unless_it_is_oneself_or_no_member(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi, stranger) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        await ana.Say("Nothing to see");
        var room = (await ana.Say($"@{budi.Name}\n<b>look</b>, @{ana.Name} and @{stranger.Name}")).Number("room");

        var told = (await budi.Notified(1))[0];
        told.Text().ShouldBe(
            $"{ana.Name}: {ana.Name} mentioned you: “@{budi.Name} <b>look</b>, @{ana.Name} and @{stranger.Name}”");
        (await budi.Page($"/notifications/{told.Id()}")).Header("Location").ShouldBe($"/w/{ana.Workspace}/chat/{room}");
        (await budi.Page("/notifications")).Text.ShouldContain("&lt;b&gt;look&lt;/b&gt;");
        await ana.Notified(0);
        await stranger.Notified(0);
    }

    [Theory, Databases]
    public async Task Invitation_new_role_and_removal_are_told_to_whom_they_are_about(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var invitation = (await ana.Post("/api/invitations", new { role = "editor", username = budi.Name }))
            .Json.GetProperty("path").GetString()!;
        var invited = (await budi.Notified(1))[0];
        invited.Text().ShouldBe($"{ana.Name} invited you to {ana.Name}.");
        (await budi.Page($"/notifications/{invited.Id()}")).Header("Location").ShouldBe(invitation);

        await budi.Post(invitation);
        await ana.Put($"/api/members/{budi.Id}", new { role = "manager" });
        var changed = (await budi.Notified(2))[0];
        changed.Text().ShouldBe($"{ana.Name} changed your role in {ana.Name}: you are now a manager.");
        (await budi.Page($"/notifications/{changed.Id()}")).Header("Location").ShouldBe($"/w/{ana.Workspace}/");
        await app.Record(budi, ana.Workspace, "member_role_changed", "account", budi.Id,
            new { role = new { from = "manager", to = "editor" } });

        await Remove(app, ana, budi);
        var removed = (await budi.Notified(3))[0];
        removed.Text().ShouldBe($"{ana.Name} removed you from {ana.Name}.");
        (await budi.Page($"/notifications/{removed.Id()}")).Header("Location").ShouldBe("/notifications");
        await ana.Notified(0);
    }

    [Theory, Databases]
    public async Task Who_is_removed_keeps_nothing_of_what_is_there_nor_hears_its_new_name(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi, Role.Editor);
        var bolt = await ana.Threshold("Bolt", 8);
        await ana.Move(bolt, -4);
        var low = (await budi.Notified(1))[0].Id();

        // The notification list checks the membership itself, so it is empty even before the notification reader has
        // processed the removal.
        await app.Database.Write(Actor.Program, tx => Leave(tx, ana, budi), Cancellation);
        await budi.Notified(0);
        (await budi.Page($"/notifications/{low}")).Status.ShouldBe(404);
        await Remove(app, ana, budi);
        await app.Settled(ana);
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "update workspace set name = 'Secret plans' where id = @Workspace", new { ana.Workspace }), Cancellation);

        (await budi.Notified(1))[0].Text().ShouldBe($"{ana.Name} removed you from {ana.Name}.");
        // A member who is admitted again does not see the notifications from before the removal.
        await ana.Admit(budi, Role.Editor);
        (await budi.Notified(1))[0].Kind().ShouldBe("member_removed");
        await budi.Bell("1");
    }

    [Theory, Databases]
    public async Task Who_leaves_is_not_told_so_but_keeps_nothing_either(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi, Role.Editor);
        await ana.Move(await ana.Threshold("Bolt", 8), -4);
        await budi.Notified(1);
        await using var inbox = await FeedReader.Open(budi, Transport.EventStream);

        await Remove(app, budi, from: ana, who: budi);

        var read = (await inbox.Next("inbox")).Data;
        read.GetProperty("kind").GetString().ShouldBe("notifications_read");
        read.GetProperty("data").GetProperty("unread").GetInt64().ShouldBe(0);
        await budi.Notified(0);
    }

    [Theory, Databases]
    public async Task Kinds_that_are_switched_off_are_not_told(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        (await ana.Get("/api/notifications/choices")).Text
            .ShouldBe("""{"stock":true,"mention":true,"invitation":true,"membership":true}""");
        (await ana.Put("/api/notifications/choices", new { stock = false })).Text
            .ShouldBe("""{"stock":false,"mention":true,"invitation":true,"membership":true}""");
        var bolt = await ana.Threshold("Bolt", 8);
        await ana.Move(bolt, -4);
        await app.Settled(ana);
        await ana.Notified(0);

        (await ana.SubmitForm("/settings/notifications", ("stock", "on"), ("membership", "on"))).Status.ShouldBe(303);
        (await ana.Get("/api/notifications/choices")).Text
            .ShouldBe("""{"stock":true,"mention":false,"invitation":false,"membership":true}""");
        (await ana.Page("/settings/notifications")).Text.ShouldContain("name=\"stock\" value=\"on\" checked");
        (await ana.Page("/settings")).Text.ShouldContain("href=\"/settings/notifications\"");
        await ana.Move(bolt, 4);
        (await ana.Notified(1))[0].Kind().ShouldBe("stock_recovered");
        (await ana.Put("/api/notifications/choices", new { mention = "perhaps" }))
            .ShouldBeProblem(422, "invalid", "mention");
    }

    private static Task Remove(TestApp app, Person by, Person who) => Remove(app, by, by, who);

    private static Task Remove(TestApp app, Person by, Person from, Person who) => app.Record(
        by, from.Workspace, "member_removed", "account", who.Id, new { }, tx => Leave(tx, from, who));

    private static Task<int> Leave(WriteTransaction tx, Person from, Person who) => tx.Execute(
        "delete from member where workspace_id = @Workspace and account_id = @Id", new { from.Workspace, who.Id });
}
