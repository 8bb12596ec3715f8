using System.Diagnostics;
using Pacil.Data;
using Pacil.Items.Stock;
using Pacil.Tests.Support;

namespace Pacil.Tests.Notifications;

/// <summary>
/// Measures how soon a user is notified of an entry if the notification reader gets no signal about the entry.
/// </summary>
[Collection<SerialTests>]
public sealed class NotificationTimeTests
{
    [Theory, Databases]
    public async Task What_another_program_writes_without_a_reader_is_told_within_two_seconds(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var bolt = await ana.Threshold("Bolt", 6);
        await using var other = app.OpenDatabase();
        await other.Migrate(TestContext.Current.CancellationToken);

        var watch = Stopwatch.StartNew();
        await other.Write(new Actor(ana.Id, ana.Name), tx =>
            MoveStock.Apply(tx, ana.Workspace, bolt, new MoveStock.Request(-1, Reason.Taken)),
            TestContext.Current.CancellationToken);
        await ana.Notified(1);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }
}
