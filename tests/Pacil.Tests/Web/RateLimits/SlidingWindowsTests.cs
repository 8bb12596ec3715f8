using Pacil.Tests.Support;
using Pacil.Web.RateLimits;

namespace Pacil.Tests.Web.RateLimits;

/// <summary>One test measures the memory of the whole process.</summary>
[Collection<SerialTests>]
public sealed class SlidingWindowsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void What_was_used_comes_back_when_the_window_has_passed_and_not_before()
    {
        var clock = new Clock();
        var windows = new SlidingWindows(Minute, clock);
        for (var n = 0; n < 10; n++) windows.TryTake(Of(1, 10)).ShouldBeTrue();
        windows.TryTake(Of(1, 10)).ShouldBeFalse();

        clock.Passed += TimeSpan.FromSeconds(49);
        windows.TryTake(Of(1, 10)).ShouldBeFalse();
        clock.Passed += TimeSpan.FromSeconds(11);
        windows.TryTake(Of(1, 10), count: 10).ShouldBeTrue();
        windows.TryTake(Of(1, 10)).ShouldBeFalse();
    }

    [Fact]
    public void A_network_that_has_used_its_share_makes_no_more_places()
    {
        var windows = new SlidingWindows(Minute, new Clock());

        var taken = Enumerable.Range(0, 1000).Count(n => windows.TryTake(Of(n, 10), Of(-1, 50)));

        taken.ShouldBe(50);
        windows.PeerCount.ShouldBe(51);
        // One address reaches its own limit of ten before it can use up the limit of its network.
        Enumerable.Range(0, 100).Count(_ => windows.TryTake(Of(2000, 10), Of(-2, 50))).ShouldBe(10);
        windows.TryTake(Of(2001, 10), Of(-2, 50)).ShouldBeTrue();
    }

    [Fact]
    public void A_full_table_counts_new_strangers_as_one_and_has_places_for_the_known()
    {
        var clock = new Clock();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var windows = new SlidingWindows(Minute, clock);

        var taken = Enumerable.Range(0, 100_000).Count(n => windows.TryTake(Of(n, 10)));

        taken.ShouldBe(SlidingWindows.PeersMax + 250);
        windows.PeerCount.ShouldBe(SlidingWindows.PeersMax + 1);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(4 * 1024 * 1024);
        Enumerable.Range(0, 11).Count(_ => windows.TryTake(Of(-1, 10), isKnown: true)).ShouldBe(10);
        Enumerable.Range(0, 11).Count(_ => windows.TryTake(Of(7, 10))).ShouldBe(9);

        clock.Passed += Minute;
        windows.TryTake(Of(-2, 10)).ShouldBeTrue();
        windows.PeerCount.ShouldBe(1);
    }

    private static SlidingWindows.Share Of(long number, int permits) =>
        new(Peer.Account(number), permits, 25 * permits);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Passed { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
