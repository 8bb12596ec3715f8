using Pacil.Data;
using Pacil.Web.OpenApi;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>A user's star on an item, as the API returns it. Only this user sees the star.</summary>
[Example("""{"item": 7, "starred": true}""")]
internal sealed record Star(long Item, bool Starred)
{
    /// <summary>The maximum number of stars of a user in a workspace. The list page loads all of them.</summary>
    public const int Max = 1_000;

    public static async Task<bool> IsAt(Connection connection, CurrentWorkspace workspace, long item) =>
        await connection.First<long>(
            "select item_id from star where account_id = @Account and workspace_id = @Id and item_id = @Item",
            new { workspace.Account, workspace.Id, Item = item }) == item;
}
