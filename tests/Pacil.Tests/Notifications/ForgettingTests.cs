using Pacil.Tests.Support;

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
