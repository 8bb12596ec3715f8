using Pacil.Tests.Chat;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Notifications;

public sealed class ForgettingTests
{
    [Theory, Databases]
    public async Task What_was_read_long_ago_goes_and_what_is_unread_stays(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { NotificationDays = 0 });
        var ana = await app.SignIn();
        foreach (var name in new[] { "Bolt", "Nut" }) await ana.Move(await ana.Threshold(name, 8), -4);
        var told = await ana.Notified(2);
        await ana.Post("/api/notifications/read", new { ids = new[] { told[0].Id() } });

        await app.Sweep();
        (await ana.Notified(1))[0].Id().ShouldBe(told[1].Id());
    }

    [Theory, Databases]
    public async Task Of_too_many_what_is_read_goes_first_however_new_it_is(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { NotificationsPerAccount = 3 });
        var ana = await app.SignIn();
        var bolt = await ana.Threshold("Bolt", 6);
        for (var n = 0; n < 5; n++) await ana.Move(bolt, n % 2 == 0 ? -1 : 1);
        var told = (await ana.Notified(5)).ConvertAll(Notices.Id);
        await ana.Post("/api/notifications/read", new { ids = new[] { told[0], told[2] } });

        await app.Sweep();
        (await ana.Notified(3)).Select(Notices.Id).ShouldBe([told[1], told[3], told[4]]);
    }

    /// <summary>
    /// Each sender may have only a share of a reader's unread notifications. Above this share, a new notification, of
    /// any kind, deletes an unread notification from the same sender.
    /// </summary>
    [Theory, Databases]
    public async Task One_account_holds_only_a_share_of_what_another_has_not_read(TestDatabase database)
    {
        await using var app = await TestApp.Start(
            database, settings => settings with { Limits = "off", NotificationsPerAccount = 250 });
        var (ana, budi, friend) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        await ana.Admit(budi, Role.Editor);
        await ana.Admit(friend);
        await friend.Say($"@{budi.Name} dinner at eight", $"/api/w/{ana.Workspace}/rooms/lobby/messages");
        await budi.Notified(1);
        for (var n = 0; n < 105; n++) await ana.Say($"@{budi.Name} {n}");
        await app.Settled(ana);
        (await budi.Notified(101, "?limit=200"))[0].Text().ShouldEndWith("104”");
        var bolt = await ana.Threshold("Bolt", 6);
        for (var n = 0; n < 9; n++) await ana.Move(bolt, n % 2 == 0 ? -1 : 1);
        for (var n = 0; n < 9; n++)
            (await ana.Put($"/api/members/{budi.Id}", new { role = n % 2 == 0 ? "manager" : "editor" }))
            .Status.ShouldBe(200);
        await app.Settled(ana);

        var told = await budi.Notified(101, "?limit=200&unread=true");
        told[^1].Text().ShouldEndWith("dinner at eight”");
        told.Count(one => one.Kind() == "message_posted").ShouldBe(1 + 100 - 18);
        told.Count(one => one.Kind() is "stock_low" or "stock_recovered").ShouldBe(9);
        told.Count(one => one.Kind() == "member_role_changed").ShouldBe(9);
        // Read notifications do not count towards the sender's share.
        await budi.Post("/api/notifications/read");
        for (var n = 0; n < 3; n++) await ana.Say($"@{budi.Name} and {n}");
        await budi.Notified(104, "?limit=200");
        (await app.Sweep()).ShouldBe(0);
    }

    [Theory, Databases]
    public async Task Of_too_many_the_oldest_go_of_each_account(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { NotificationsPerAccount = 3 });
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var (bolt, nut) = (await ana.Threshold("Bolt", 6), await budi.Threshold("Nut", 6));
        for (var n = 0; n < 5; n++) await ana.Move(bolt, n % 2 == 0 ? -1 : 1);
        await budi.Move(nut, -1);
        var told = await ana.Notified(5);
        await budi.Notified(1);

        await app.Sweep();
        (await ana.Notified(3)).Select(Notices.Id).ShouldBe(told.Take(3).Select(Notices.Id));
        await budi.Notified(1);
        (await app.Sweep()).ShouldBe(0);
    }
}
