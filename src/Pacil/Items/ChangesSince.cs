using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Items;

/// <summary>
/// Reads the log entries of an item that are newer than a given version. The number of entries and their total size are
/// limited: the client chooses the version, entries can be large, and callers may hold a write transaction open while
/// the entries are read.
/// </summary>
internal static class ChangesSince
{
    private const int EntriesMax = 200;
    private const int BytesMax = 256 * 1024;

    /// <returns>The entries, oldest first; null if they exceed the limits, so any field may have changed.</returns>
    public static async Task<List<Later>?> Query(Connection connection, long workspace, Item item, long seen)
    {
        var bytes = new RowBytes(BytesMax);
        var rows = await connection.Query<Row>(
            $"""
            select kind, version, data, who from (
              select entry.seq, entry.kind, entry.version, entry.data, account.username as who,
                {RowBytes.Ahead(connection.Dialect, "entry.data", "entry.seq")} as ahead
              from entry
              left join account on account.id = entry.actor_id
              where entry.feed_id = @Workspace and entry.subject_type = 'item' and entry.subject_id = @Item
                and entry.version > @Seen
                and entry.seq >= coalesce((
                  select latest.seq from entry latest
                  where latest.feed_id = @Workspace and latest.subject_type = 'item' and latest.subject_id = @Item
                  order by latest.seq desc
                  limit 1 offset {EntriesMax}), 0)
            ) entry
            where ahead <= {BytesMax}
            order by seq
            """, new { Workspace = workspace, Item = item.Id, Seen = seen }, row => bytes.Add(row.Data));
        // The item was read before the log. Entries that were written in between are left out.
        return bytes.IsOver || rows.Count > EntriesMax ? null :
        [
            .. rows.Where(row => row.Version <= item.Version)
                .Select(row => new Later(EventRegistry.Read(row.Kind, row.Data), row.Who)),
        ];
    }

    /// <param name="Who">The user name of the author; null if the program itself made the change.</param>
    internal sealed record Later(Event Event, string? Who);

    private sealed record Row
    {
        public required string Kind { get; init; }
        public required long Version { get; init; }
        public required string Data { get; init; }
        public string? Who { get; init; }
    }
}
