using Pacil.Data;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>A user's mark on an item, as the API answers it. Only that user sees it.</summary>
internal sealed record Star(long Item, bool Starred)
{
    /// <summary>For one user in one workspace: a page shows them all at once.</summary>
    public const int Max = 1_000;

    public static async Task<bool> IsAt(Connection connection, CurrentWorkspace workspace, long item) =>
        await connection.First<long>(
            "select item_id from star where account_id = @Account and workspace_id = @Id and item_id = @Item",
            new { workspace.Account, workspace.Id, Item = item }) == item;
}
