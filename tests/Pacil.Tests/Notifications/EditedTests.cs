using Pacil.Tests.Chat;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Notifications;

/// <summary>The effect of an edit or a deletion of a message on the notifications about the message.</summary>
public sealed class EditedTests
{
    [Theory, Databases]
    public async Task Who_is_named_by_an_edit_is_told_and_who_is_named_no_more_is_not(TestDatabase database)
    {
        var (app, ana, budi, citra) = await Three(database);
        var bolt = await ana.CreateItem();
        foreach (var messages in new[] { "/api/rooms/lobby/messages", $"/api/rooms/item:{bolt}/messages" })
        {
            var message = $"{messages}/{(await ana.Say("Please look", messages)).Number("id")}";
            (await ana.Patch(message, new { text = $"Please look, @{budi.Name}, the code is 4711" }))
                .Status.ShouldBe(200);
            await budi.NotifiedOnly(Mention(ana, $"Please look, @{budi.Name}, the code is 4711"));
            (await budi.Notified(1))[0].Kind().ShouldBe("message_posted");
            // If an edit leaves the mention in place, the notification shows the new text, and no new notification is
            // sent.
            await ana.Patch(message, new { text = $"Please look, @{budi.Name}" });
            await app.Settled(ana);
            await budi.NotifiedOnly(Mention(ana, $"Please look, @{budi.Name}"));
            // This edit replaces the mention of Budi by a mention of Citra.
            await ana.Patch(message, new { text = $"Please look, @{citra.Name}" });
            await citra.NotifiedOnly(Mention(ana, $"Please look, @{citra.Name}"));
            await budi.NotifiedOnly();
            await ana.Patch(message, new { text = "Never mind" });
            await citra.NotifiedOnly();
        }
        await budi.Bell("0");
    }

    [Theory, Databases]
    public async Task A_mention_in_a_message_that_is_deleted_is_counted_by_no_bell(TestDatabase database)
    {
        var (app, ana, budi, citra) = await Three(database);
        var posted = await ana.Say($"@{budi.Name} one");
        var edited = await ana.Say("Two");
        await ana.Patch(
            $"/api/rooms/lobby/messages/{edited.Number("id")}", new { text = $"@{budi.Name} and @{citra.Name}" });
        await budi.Notified(2);
        await budi.Bell("2");
        await using var inbox = await FeedReader.Open(budi, Transport.EventStream);

        // Deleting messages in a batch has the same effect as deleting them one by one.
        (await ana.Post("/api/batch", new
        {
            atomic = true,
            requests = new[] { posted, edited }.Select(message =>
                new { method = "DELETE", path = $"/api/rooms/lobby/messages/{message.Number("id")}" }),
        })).Status.ShouldBe(200);

        await budi.NotifiedOnly();
        await citra.NotifiedOnly();
        await budi.Bell("0");
        var read = (await inbox.Next("inbox")).Data;
        read.GetProperty("kind").GetString().ShouldBe("notifications_read");
        (read.GetProperty("data").GetProperty("gone").GetBoolean(), read.GetProperty("data").GetProperty("unread")
            .GetInt64()).ShouldBe((true, 0));
        await app.Settled(ana);
    }

    [Theory, Databases]
    public async Task Of_all_that_happens_before_anybody_is_told_what_holds_at_its_end_is_told(TestDatabase database)
    {
        var (app, ana, budi, citra) = await Three(database);
        var message = $"/api/rooms/lobby/messages/{(await ana.Say("Look")).Number("id")}";
        string[] texts = [$"@{budi.Name}", $"@{citra.Name}", $"@{budi.Name} again", "Nobody", $"@{budi.Name} at last"];
        (await ana.Post("/api/batch", new
        {
            atomic = true,
            requests = texts.Select(text => new { method = "PATCH", path = message, body = new { text } }),
        })).Status.ShouldBe(200);

        await budi.NotifiedOnly(Mention(ana, $"@{budi.Name} at last"));
        await citra.NotifiedOnly();
        await app.Settled(ana);
        (await app.Entries(await app.InboxOf(budi))).Count(entry => entry.Kind == "notification_added").ShouldBe(1);
        (await app.Entries(await app.InboxOf(citra))).ShouldBeEmpty();
    }

    [Theory, Databases]
    public async Task An_edit_by_a_manager_is_theirs_and_erasing_the_author_leaves_what_holds(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var administrator = await app.SignIn();
        var (ana, budi, citra) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        var lab = await ana.CreateWorkspace();
        await ana.Admit(budi, Role.Manager, lab);
        await ana.Admit(citra, Role.Viewer, lab);
        var messages = $"/api/w/{lab}/rooms/lobby/messages";
        var message = await ana.Say($"Look, @{budi.Name}", messages);
        await budi.NotifiedOnly($"Lab: {ana.Name} mentioned you: “Look, @{budi.Name}”");
        (await budi.Patch($"{messages}/{message.Number("id")}", new { text = $"Look, @{citra.Name}" }))
            .Status.ShouldBe(200);
        await citra.NotifiedOnly($"Lab: {budi.Name} mentioned you: “Look, @{citra.Name}”");

        (await administrator.Delete($"/api/users/{ana.Id}")).Status.ShouldBe(204);
        await citra.NotifiedOnly($"Lab: {budi.Name} mentioned you: “Look, @{citra.Name}”");
        await budi.Delete($"{messages}/{message.Number("id")}");
        await citra.NotifiedOnly();
    }

    private static string Mention(Person by, string text) => $"{by.Name}: {by.Name} mentioned you: “{text}”";

    private static async Task<(TestApp App, Person Ana, Person Budi, Person Citra)> Three(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi, citra) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        await ana.Admit(citra);
        return (app, ana, budi, citra);
    }
}
