using Pacil.Data;

namespace Pacil.Items.Stock;

/// <summary>The amount of each item at each place. An item's amount is the sum of its balances.</summary>
internal static class Balances
{
    /// <summary>SQL for the default place. Parameters: <c>Workspace</c>, and <c>Yes</c> (true).</summary>
    public const string DefaultPlace = "from place where workspace_id = @Workspace and is_default = @Yes";

    /// <summary>Inserts the default place of a new workspace.</summary>
    public static Task AddDefaultPlace(WriteTransaction tx, long workspace) => tx.Execute(
        "insert into place (workspace_id, name, is_default) values (@Id, '', @Yes)",
        new { Id = workspace, Yes = true });

    /// <param name="place">The id of a place; null for the default place of the workspace.</param>
    /// <returns>The id of the place; 0 if the workspace has no such place.</returns>
    public static Task<long> Place(Connection tx, long workspace, long? place) => place is null
        ? tx.First<long>(
            $"select id {DefaultPlace}",
            new { Workspace = workspace, Yes = true })
        : tx.First<long>(
            "select id from place where workspace_id = @Workspace and id = @Place",
            new { Workspace = workspace, Place = place });

    /// <summary>Puts the first pieces of a new item in the default place.</summary>
    public static Task AddFirst(WriteTransaction tx, long workspace, long item, long amount) => tx.Send(
        $"insert into balance (item_id, place_id, amount) select @Item, id, @Amount {DefaultPlace}",
        [("Item", item), ("Amount", amount), ("Workspace", workspace), ("Yes", true)]);

    /// <returns>False if the place has fewer pieces than the movement takes; the balance is then unchanged.</returns>
    public static async Task<bool> Move(WriteTransaction tx, long item, long place, long delta) =>
        await tx.Execute(
            delta < 0
                ? """
                  update balance set amount = amount + @Delta
                  where item_id = @Item and place_id = @Place and amount + @Delta >= 0
                  """
                : """
                  insert into balance (item_id, place_id, amount) values (@Item, @Place, @Delta)
                  on conflict (item_id, place_id) do update set amount = balance.amount + @Delta
                  """,
            new { Item = item, Place = place, Delta = delta }) == 1;

    /// <param name="what">An object with the SQL parameters <c>Items</c>, <c>Place</c> and <c>Delta</c>.</param>
    /// <returns>
    /// The number of changed balances. If the place has too few pieces of an item, the balance of that item stays
    /// unchanged.
    /// </returns>
    public static Task<int> MoveAll(WriteTransaction tx, object what, long delta) => tx.Execute(
        delta < 0
            ? $"""
              update balance set amount = amount + @Delta
              where item_id {tx.Dialect.Among("@Items")} and place_id = @Place and amount + @Delta >= 0
              """
            : $"""
              insert into balance (item_id, place_id, amount)
              select id, @Place, @Delta from item where id {tx.Dialect.Among("@Items")}
              on conflict (item_id, place_id) do update set amount = balance.amount + @Delta
              """, what);
}
