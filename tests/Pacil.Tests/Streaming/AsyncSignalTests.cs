using Pacil.Streaming;

namespace Pacil.Tests.Streaming;

public sealed class AsyncSignalTests
{
    private readonly AsyncSignal signal = new();

    [Fact]
    public async Task A_wait_ends_at_the_call_on_the_thread_that_calls()
    {
        var waiting = Wait(1);
        waiting.IsCompleted.ShouldBeFalse();
        var caller = Environment.CurrentManagedThreadId;

        signal.Call();

        waiting.IsCompleted.ShouldBeTrue();
        (await waiting).ShouldBe(caller);
        Wait(1).IsCompleted.ShouldBeFalse("the call was used up");
    }

    [Fact]
    public void Calls_while_nobody_waits_are_remembered_as_one()
    {
        signal.Call();
        signal.Call();

        Wait(1).IsCompleted.ShouldBeTrue();
        Wait(1).IsCompleted.ShouldBeFalse();
    }

    /// <summary>
    /// In each round, two threads announce something and call. The waiter continues on one of the two threads while the
    /// other calls. If that call were lost, the waiter would see nothing of it, and the round would not end.
    /// </summary>
    [Fact]
    public async Task No_call_is_lost_while_the_waiter_looks()
    {
        const int Rounds = 1000;
        var (announced, seen) = (0, 0);
        var looking = Look();
        await Task.WhenAll(looking, Announce(), Announce())
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        async Task Look()
        {
            while (seen < 2 * Rounds)
            {
                await signal.Wait().ConfigureAwait(false);
                Volatile.Write(ref seen, Volatile.Read(ref announced));
            }
        }

        Task Announce() => Task.Factory.StartNew(() =>
        {
            for (var round = 1; round <= Rounds; round++)
            {
                Interlocked.Increment(ref announced);
                signal.Call();
                SpinWait.SpinUntil(() => Volatile.Read(ref seen) >= 2 * round);
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    [Fact]
    public void Waiting_and_calling_allocate_nothing()
    {
        var waiting = Wait(2000);
        Call(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Call(999);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        waiting.IsCompleted.ShouldBeFalse();
        signal.Call();
        waiting.IsCompleted.ShouldBeTrue();
    }

    private void Call(int times)
    {
        for (var n = 0; n < times; n++) signal.Call();
    }

    /// <returns>The thread on which the last wait ended.</returns>
    private async Task<int> Wait(int times)
    {
        for (var n = 0; n < times; n++) await signal.Wait().ConfigureAwait(false);
        return Environment.CurrentManagedThreadId;
    }
}
