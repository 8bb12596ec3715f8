using Pacil.Data;
using Pacil.Log;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.ActivityLog;

/// <summary>
/// Undoes an entry, together with the other entries of its group. The undo has its own entries in the log, so it can
/// itself be undone.
/// </summary>
internal static class UndoEntry
{
    /// <summary>
    /// The maximum number of entries in a chain: an entry, its undo, the undo of this undo, and so on. The number is
    /// limited because every undo reads the whole chain.
    /// </summary>
    private const int ChainMax = 100;

    /// <summary>Responds with the entries that the undo has created, in the order of the log.</summary>
    public static RequestWrite Handle(long seq, CurrentWorkspace workspace) =>
        workspace.Write(Role.Editor, null, async tx =>
        {
            if (await Apply(tx, workspace, seq) is { } problem) return problem;
            await tx.StoreEntries();
            return new ApiResponse(
                StatusCodes.Status200OK, EntryJson.Array(tx.Entries.Where(entry => entry.FeedId == workspace.Id)));
        });

    /// <returns>Null if the entry is undone; otherwise the reason why it is not.</returns>
    public static async Task<Problem?> Apply(WriteTransaction tx, CurrentWorkspace caller, long seq)
    {
        var workspace = caller.Id;
        if (await Find(tx, workspace, seq) is not { } asked) return Problem.NotFound;
        if (asked.Event.Undo is NoUndo) return NoUndo.Problem;
        var chain = await Chain(tx, workspace, seq);
        if (chain.Count > ChainMax)
            return new Problem(StatusCodes.Status409Conflict, "undone_too_often", ChainMax);
        if (chain.Count % 2 == 0)
            return new Problem(StatusCodes.Status409Conflict, "already_undone");
        // If the entry was undone and redone, its change is in effect because of the redo. So the latest redo is undone
        // instead of the entry itself.
        var latest = (await Find(tx, workspace, chain[^1]))!;
        if (latest.ActorId != tx.Actor.Id
            && await Membership.RequireRole(tx, workspace, Role.Manager, allowClosed: false) is { } missing)
            return missing;
        List<Row> together = [.. await Together(tx, workspace, latest)];
        if (caller.Charge(together.Count) is { } refusal) return refusal;
        foreach (var alike in Alike(together))
        {
            var undone = alike.ToDictionary(entry => entry.SubjectId, entry => entry.Seq);
            if (await tx.Undo(undone, () => alike[0].Event.Undo.Apply(tx, workspace, alike)) is { } problem)
                return problem;
        }
        return null;
    }

    /// <summary>
    /// Splits the entries into groups. Each group is undone by one call. If all entries record the same change to
    /// different items, for example a bulk change, they form one group, and a few SQL statements undo all of them.
    /// Otherwise each entry is a group of its own.
    /// </summary>
    private static IEnumerable<UndoneEntry[]> Alike(List<Row> together)
    {
        UndoneEntry[] entries = [.. together.Select(row => new UndoneEntry(row.Seq, row.SubjectId, row.Event))];
        var undo = entries[0].Event.Undo;
        return undo.IsForMany && Array.TrueForAll(entries, entry => entry.Event.Undo == undo)
            && entries.DistinctBy(entry => entry.SubjectId).Count() == entries.Length
                ? [entries]
                : entries.Select(entry => new[] { entry });
    }

    /// <summary>Finds an entry and locks its row, so that no concurrent request undoes it.</summary>
    private static Task<Row?> Find(WriteTransaction tx, long workspace, long seq) => tx.First<Row>(
        $"""
        select {Row.Columns} from entry where feed_id = @Workspace and seq = @Seq
        {tx.Dialect.Pick(sqlite: "", postgres: "for update")}
        """, new { Workspace = workspace, Seq = seq });

    /// <summary>The numbers of the entry, of its undo, of the undo of this undo, and so on.</summary>
    private static Task<List<long>> Chain(WriteTransaction tx, long workspace, long seq) => tx.Query<long>(
        $"""
        with recursive chain (seq, length) as (
          select cast(@Seq as bigint), 1
          union all
          select entry.seq, length + 1 from entry
          join chain on entry.feed_id = @Workspace and entry.undoes = chain.seq and length <= {ChainMax}
        )
        select seq from chain order by seq
        """, new { Workspace = workspace, Seq = seq });

    /// <summary>
    /// The given entry, or all entries of its group, latest first. Leaves out entries that only report a result of
    /// another entry, such as that an item became low.
    /// </summary>
    private static async Task<IEnumerable<Row>> Together(WriteTransaction tx, long workspace, Row entry)
    {
        if (entry.GroupId is null) return [entry];
        var group = await tx.Query<Row>(
            $"select {Row.Columns} from entry where feed_id = @Workspace and group_id = @GroupId order by seq desc",
            new { Workspace = workspace, entry.GroupId });
        return group.Where(member => EventRegistry.Find(member.Kind) is not { IsConsequence: true });
    }

    private sealed record Row
    {
        public const string Columns = "seq, actor_id, kind, subject_id, group_id, data";

        public required long Seq { get; init; }
        public long? ActorId { get; init; }
        public required string Kind { get; init; }
        public required long SubjectId { get; init; }
        public long? GroupId { get; init; }
        public required string Data { get; init; }

        public Event Event => field ??= EventRegistry.Read(Kind, Data);
    }
}
