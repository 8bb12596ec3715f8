using Pacil.Data;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>One person's mark at an item, as its setting is answered; only that person knows of it.</summary>
internal sealed record Star(long Item, bool Starred)
{
    /// <summary>In one workspace, for one person: a page shows them all at once.</summary>
    public const int Max = 1_000;

    /// <summary>Whether the caller has marked it.</summary>
    public static async Task<bool> IsAt(Connection connection, CurrentWorkspace workspace, long item) =>
        await connection.First<long>(
            "select item_id from star where account_id = @Account and workspace_id = @Id and item_id = @Item",
            new { workspace.Account, workspace.Id, Item = item }) == item;
}
