using System.Globalization;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Items.Stock;

/// <summary>Explains why a movement did not change an item.</summary>
internal static class MovementRefusal
{
    public static async Task<Problem> Explain(WriteTransaction tx, long workspace, long item, long delta)
    {
        var now = await tx.First<RefusedItem>(
            """
            select amount, archived_at is not null as is_archived from item
            where id = @Item and workspace_id = @Workspace
            """,
            new { Item = item, Workspace = workspace });
        return now switch
        {
            null => Problem.NotFound,
            { IsArchived: true } => new Problem(StatusCodes.Status409Conflict, "archived"),
            _ when delta > 0 => Problem.Invalid("delta", "error.too_large", Stock.Amount.Max - now.Amount),
            _ => Insufficient(now.Amount),
        };
    }

    public static async Task<Problem> Insufficient(WriteTransaction tx, long item, long place) =>
        Insufficient(await tx.First<long>(
            "select amount from balance where item_id = @Item and place_id = @Place",
            new { Item = item, Place = place }));

    private static Problem Insufficient(long available) =>
        new(StatusCodes.Status409Conflict, "insufficient_stock", available)
        {
            Members = [("available", available.ToString(CultureInfo.InvariantCulture))],
        };

    private sealed record RefusedItem
    {
        public required long Amount { get; init; }
        public required bool IsArchived { get; init; }
    }
}
