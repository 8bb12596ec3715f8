using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pacil.Data;

namespace Pacil.Items;

/// <summary>One of many items that are to be changed, and how many of it can be taken.</summary>
internal sealed record BulkTarget(Item Item, long Available)
{
    /// <summary>Those of the workspace among the ids, in their order.</summary>
    /// <param name="isKept">Nobody else changes them until this write is over.</param>
    public static Task<List<BulkTarget>> Find(
        Connection connection, long workspace, long place, IReadOnlyList<long> ids, bool isKept) => connection.Query(
        $"""
        select {Item.Columns}, balance.amount as available
        from item left join balance on balance.item_id = item.id and balance.place_id = @Place
        where item.workspace_id = @Workspace and item.id {connection.Dialect.Among("@Ids")}
        order by item.id
        {(isKept ? connection.Dialect.Pick(sqlite: "", postgres: "for update of item") : "")}
        """,
        [("Workspace", workspace), ("Place", place), ("Ids", connection.Dialect.List(ids))],
        static row => new BulkTarget(
            Item.Read(row, 0), row.IsDBNull(Item.ColumnCount) ? 0 : row.GetInt64(Item.ColumnCount)));

    /// <summary>Tells whether others are meant by now than were shown before.</summary>
    public static string Fingerprint(IReadOnlyList<BulkTarget> targets)
    {
        var ids = string.Join(',', targets.Select(target => target.Item.Id.ToString(CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ids)).AsSpan(0, 16));
    }
}
