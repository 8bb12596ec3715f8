using Pacil.Data;
using Pacil.Data.Folding;

namespace Pacil.Items.Listing;

/// <summary>
/// After a release that changes the text folding, computes the sort key and the searchable text of every item again.
/// Each transaction processes only a few items, so no request waits for long. An item that is not processed yet is
/// sorted and found by its old values.
/// </summary>
internal sealed partial class RefoldItems(Database database, TimeProvider time, ILogger<RefoldItems> log)
    : BackgroundService
{
    private const int StepRows = 200;
    private const int StepBytes = 256 * 1024;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!await TryFinish(stoppingToken)) await Task.Delay(RetryAfter, time, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The program is stopping. The next start continues after the last committed transaction.
        }
    }

    private async Task<bool> TryFinish(CancellationToken stopping)
    {
        try
        {
            while (!await database.Write(Actor.Maintenance, Step, stopping)) stopping.ThrowIfCancellationRequested();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogDelayed(e);
            return false;
        }
    }

    /// <returns>True if no items are left.</returns>
    private static async Task<bool> Step(WriteTransaction tx)
    {
        var isLocked = tx.Dialect.Pick(sqlite: "", postgres: "for update");
        var progress = (await tx.First<Progress>($"select folding, folded_item from meta {isLocked}"))!;
        var last = progress.Folding == TextFolding.Version ? progress.FoldedItem : 0;
        if (last is null) return true;
        var bytes = new RowBytes(StepBytes);
        var items = await tx.Query<Row>(
            $"""
            select id, name, description, name_key, search_text from item where id > @Last
            order by id limit {StepRows} {isLocked}
            """, new { Last = last }, item => bytes.Add(item.SearchText));
        if (bytes.IsOver) items.RemoveAt(items.Count - 1);
        foreach (var item in items) await Update(tx, item);
        var isDone = items.Count < StepRows && !bytes.IsOver;
        await Meta.SetFolding(tx, TextFolding.Version, isDone ? null : items[^1].Id);
        return isDone;
    }

    private static async Task Update(WriteTransaction tx, Row item)
    {
        var (nameKey, searchText) = (TextFolding.SortKey(item.Name), Item.SearchText(item.Name, item.Description));
        if (nameKey == item.NameKey && searchText == item.SearchText) return;
        await tx.Execute(
            "update item set name_key = @NameKey, search_text = @SearchText where id = @Id",
            new { NameKey = nameKey, SearchText = searchText, item.Id });
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Items cannot be prepared for searching and sorting now; it is tried again in ten seconds.")]
    private partial void LogDelayed(Exception e);

    private sealed record Progress
    {
        public required int Folding { get; init; }

        /// <summary>The id up to which items are processed; null if all items are processed.</summary>
        public required long? FoldedItem { get; init; }
    }

    private sealed record Row
    {
        public required long Id { get; init; }
        public required string Name { get; init; }
        public required string Description { get; init; }
        public required string NameKey { get; init; }
        public required string SearchText { get; init; }
    }
}
