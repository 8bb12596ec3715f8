using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pacil.Data;

namespace Pacil.Items.Bulk;

/// <summary>A selected item, and its amount at the place where the change takes or receives stock.</summary>
internal sealed record BulkTarget(Item Item, long Available)
{
    /// <summary>Finds the items with these ids that belong to the workspace, in order of id.</summary>
    /// <param name="isLocked">Whether to lock the rows of the items until the transaction ends.</param>
    public static async Task<List<BulkTarget>> Find(
        Connection connection, long workspace, long place, IReadOnlyList<long> ids, bool isLocked)
    {
        List<(string, object)> which = [("Workspace", workspace), ("Ids", connection.Dialect.List(ids))];
        var chosen = $"item.workspace_id = @Workspace and item.id {connection.Dialect.Among("@Ids")} order by item.id";
        // If a PostgreSQL statement waits for a row lock, it reads joined rows as they were before the wait. So a
        // separate statement locks the items first.
        if (isLocked && connection.Dialect == Dialect.Postgres)
            await connection.Query(
                $"select item.id from item where {chosen} for update", which, static row => row.GetInt64(0));
        return await connection.Query(
            $"""
            select {Item.Columns}, balance.amount as available
            from item left join balance on balance.item_id = item.id and balance.place_id = @Place
            where {chosen}
            """, [.. which, ("Place", place)],
            static row => new BulkTarget(
                Item.Read(row, 0), row.IsDBNull(Item.ColumnCount) ? 0 : row.GetInt64(Item.ColumnCount)));
    }

    /// <summary>Finds the items with these ids that belong to the workspace, and locks their rows.</summary>
    public static async Task<List<Item>> Lock(WriteTransaction tx, long workspace, IReadOnlyList<long> ids) =>
        (await Find(tx, workspace, place: 0, ids, isLocked: true)).ConvertAll(target => target.Item);

    /// <summary>A hash of the ids of the items. A different hash means that different items are selected.</summary>
    public static string Fingerprint(IReadOnlyList<BulkTarget> targets)
    {
        var ids = string.Join(',', targets.Select(target => target.Item.Id.ToString(CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ids)).AsSpan(0, 16));
    }
}
