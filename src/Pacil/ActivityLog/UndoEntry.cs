using System.Text.Json;
using Pacil.Data;
using Pacil.Items;
using Pacil.Items.Stock;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Language;
using Pacil.Workspaces;

namespace Pacil.ActivityLog;

/// <summary>
/// Undoes an entry, together with the other entries of its group. It runs the use cases that any change runs, with the
/// opposite change. The undo has its own entries in the log, so it can itself be undone.
/// </summary>
internal static class UndoEntry
{
    /// <summary>
    /// The maximum number of entries in a chain: an entry, its undo, the undo of this undo, and so on. The number is
    /// limited because every undo reads the whole chain.
    /// </summary>
    private const int ChainMax = 100;

    private static readonly Problem Cannot = new(StatusCodes.Status409Conflict, "cannot_be_undone");

    /// <summary>Responds with the entries that the undo has created, in the order of the log.</summary>
    public static Task<Result<ApiResponse>> Handle(long seq, CurrentWorkspace workspace) =>
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
        if (!EntryKinds.IsUndoable(asked.Kind)) return Cannot;
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
        if (AlikeEntries.Of(together) is { } alike) return await alike.TakeBack(tx, workspace);
        foreach (var entry in together)
            if (await tx.Undo(entry.Seq, () => TakeBack(tx, workspace, entry)) is { } problem) return problem;
        return null;
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
        return group.Where(member => !EntryKinds.IsConsequence(member.Kind));
    }

    private static async Task<Problem?> TakeBack(WriteTransaction tx, long workspace, Row entry)
    {
        using var json = JsonDocument.Parse(entry.Data);
        var data = json.RootElement;
        if (!EntryKinds.IsUndoable(entry.Kind) || data.TryGetProperty("redacted", out _)) return Cannot;
        if (entry.Kind == "stock_moved") return await MoveBack(tx, workspace, entry.SubjectId, data);
        if (await Item.Find(tx, workspace, entry.SubjectId) is not { } item) return Problem.NotFound;
        return entry.Kind switch
        {
            "item_changed" => await ChangeBack(tx, workspace, item, data),
            _ => await SetArchived(tx, workspace, item, isHidden: entry.Kind != "item_archived"),
        };
    }

    private static async Task<Problem?> MoveBack(WriteTransaction tx, long workspace, long item, JsonElement data)
    {
        var movement = data.GetProperty("movement");
        var request = new MoveStock.Request(
            -movement.GetProperty("delta").GetInt64(), Reason.Corrected,
            Place: movement.GetProperty("place").GetInt64());
        return (await MoveStock.Apply(tx, workspace, item, request)).Problem;
    }

    private static async Task<Problem?> ChangeBack(WriteTransaction tx, long workspace, Item item, JsonElement data)
    {
        var (description, changed) = ItemDetails.Of(item).Back(data);
        if (description is null) return Cannot;
        if (changed.Count > 0) return Changed(changed);
        await ChangeItem.Apply(tx, workspace, item, description);
        return null;
    }

    private static async Task<Problem?> SetArchived(WriteTransaction tx, long workspace, Item item, bool isHidden) =>
        item.ArchivedAt is not null == isHidden
            ? Changed(["archived_at"])
            : (await ArchiveItem.Apply(tx, workspace, item.Id, IfMatchCondition.Anything, isHidden)).Problem;

    public static Problem Changed(List<string> fields) => new(
        StatusCodes.Status409Conflict, "changed_since",
        string.Join(", ", fields.Select(field => Texts.T($"field.{field}"))))
    {
        Members = [("fields", $"[{string.Join(',', fields.Select(field => $"\"{field}\""))}]")],
    };

    internal sealed record Row
    {
        public const string Columns = "seq, actor_id, kind, subject_id, group_id, data";

        public required long Seq { get; init; }
        public long? ActorId { get; init; }
        public required string Kind { get; init; }
        public required long SubjectId { get; init; }
        public long? GroupId { get; init; }
        public required string Data { get; init; }
    }
}
