using System.Globalization;

namespace Pacil.Data;

/// <summary>A write that waits to be run in a group of writes, and then to be committed with its group.</summary>
internal abstract class QueuedWrite
{
    /// <summary>The stored entries; empty if the write is not kept.</summary>
    public IReadOnlyList<Entry> Entries { get; protected set; } = [];

    /// <summary>Whether to commit the write. False if the use case failed or requested a rollback.</summary>
    public bool IsKept { get; protected set; }

    /// <summary>How many times the write has run.</summary>
    public int Attempts { get; protected set; }

    public abstract bool HasDeadline { get; }

    /// <summary>Runs the use case and stores its entries.</summary>
    /// <exception cref="OperationCanceledException">The caller no longer waits. Nothing has run.</exception>
    /// <param name="open">Makes the transaction of the write.</param>
    public abstract Task Apply(Func<Actor, WriteTransaction> open);

    /// <summary>Runs the use case on this thread, for a database whose statements complete synchronously.</summary>
    public void ApplyNow(Func<Actor, WriteTransaction> open)
    {
        var applied = Apply(open);
        if (!applied.IsCompleted)
            throw new InvalidOperationException("A use case awaited something other than its transaction.");
        applied.GetAwaiter().GetResult();
    }

    /// <summary>Makes the error the write's outcome, instead of its result.</summary>
    public abstract void Fail(Exception e);

    /// <summary>Gives the outcome to the caller.</summary>
    public abstract void Finish();
}

/// <inheritdoc/>
internal sealed class QueuedWrite<T>(
    Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation) : QueuedWrite
{
    private readonly CultureInfo culture = CultureInfo.CurrentUICulture;
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? failure;
    private T? value;

    public Task<T> Answer => answer.Task;

    public override bool HasDeadline => actor.HasDeadline;

    public override async Task Apply(Func<Actor, WriteTransaction> open)
    {
        (Attempts, Entries, IsKept) = (Attempts + 1, [], false);
        cancellation.ThrowIfCancellationRequested();
        // The use case builds its response here, and the response must be in the caller's language.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        var transaction = open(actor);
        value = await apply(transaction);
        if (transaction.IsRolledBack) return;
        Entries = await transaction.StoreEntries();
        IsKept = true;
    }

    public override void Fail(Exception e)
    {
        failure = e;
        Entries = [];
        IsKept = false;
    }

    public override void Finish()
    {
        if (failure is null) answer.SetResult(value!);
        else answer.SetException(failure);
    }
}
