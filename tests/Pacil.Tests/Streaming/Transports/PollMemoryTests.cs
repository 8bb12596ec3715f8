using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming.Transports;

/// <summary>
/// Measures the memory of the whole process while clients read the responses to long polls very slowly.
/// </summary>
[Collection<SerialTests>]
public sealed class PollMemoryTests
{
    [Theory, Databases]
    public async Task Polls_that_hardly_read_hold_little_and_are_cut_off(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        var ana = await app.SignIn();
        for (var n = 0; n < 5; n++) await FaultInjection.FillFeed(app.Database, ana, 100, MemoryTests.Wide);
        (await ana.Get("/api/feed?wait=0&after=start")).Status.ShouldBe(200);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var polls = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => FaultInjection.NeverRead(ana, Transport.LongPoll)));
        foreach (var poll in polls) await MemoryTests.Begins(poll);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(20 * 1024 * 1024);

        await MemoryTests.AfterHalfAMinute(app, subscribers: 20);
        foreach (var poll in polls) poll.Dispose();
    }
}
