using System.Globalization;

namespace Pacil.Data.Sqlite;

/// <summary>A write in the queue of <see cref="SqliteWriter"/>. It waits to be run, and then to be committed.</summary>
internal abstract class QueuedWrite
{
    public IReadOnlyList<Entry> Entries { get; protected set; } = [];

    /// <summary>Whether to commit the write. False if the use case failed or requested a rollback.</summary>
    public bool IsKept { get; protected set; }

    public abstract bool HasDeadline { get; }

    public abstract void Apply(SqliteStatements connection, DateTime now);
    public abstract void Fail(Exception e);
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

    public override void Apply(SqliteStatements connection, DateTime now)
    {
        cancellation.ThrowIfCancellationRequested();
        // The use case builds its response on this thread, and the response must be in the caller's language.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        var transaction = new WriteTransaction(connection, Dialect.Sqlite, actor, now, CancellationToken.None);
        value = Now(apply(transaction));
        if (transaction.IsRolledBack) return;
        Entries = Now(transaction.StoreEntries());
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

    private static TResult Now<TResult>(Task<TResult> task) => task.IsCompleted
        ? task.GetAwaiter().GetResult()
        : throw new InvalidOperationException("A use case awaited something other than its transaction.");
}
