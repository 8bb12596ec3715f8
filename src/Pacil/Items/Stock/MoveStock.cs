using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items.Stock;

/// <summary>
/// Receives or takes stock. The condition of the SQL update keeps amounts from going below 0: if two users take the
/// last piece concurrently, one of them is refused.
/// </summary>
internal static class MoveStock
{
    public const int NoteLengthMax = 500;

    /// <param name="Delta">The number of pieces; negative if pieces are taken.</param>
    /// <param name="Place">The id of the place; null for the default place of the workspace.</param>
    public sealed record Request(long Delta, string Reason, string Note = "", long? Place = null)
    {
        public static Request Read(RequestFields fields) =>
            Read(fields,
                fields.Integer("delta", -Stock.Amount.Max, Stock.Amount.Max, required: true) ?? 0);

        /// <summary>Reads a form: a quantity, and the sign (-1 or 1) of the button "take" or "receive".</summary>
        public static Request ReadForm(RequestFields fields)
        {
            var quantity = fields.Integer("quantity", 1, Stock.Amount.Max, required: true) ?? 0;
            return Read(fields, quantity * (fields.Integer("sign", -1, 1) ?? 1));
        }

        private static Request Read(RequestFields fields, long delta)
        {
            var usual = delta < 0 ? Stock.Reason.Taken : Stock.Reason.Received;
            var reason = fields.OneOf("reason", [usual, .. Stock.Reason.All]);
            if (delta == 0 && fields.Problem is null && reason != Stock.Reason.Counted)
                fields.Error("delta", "error.not_zero");
            return new Request(
                delta, reason, fields.Line("note", NoteLengthMax), fields.Integer("place", 1, long.MaxValue));
        }
    }

    public static RequestWrite Handle(
        RequestFields fields, long id, CurrentWorkspace workspace, Request request) =>
        workspace.Write(Role.Editor, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            return (await Apply(tx, workspace.Id, id, request)).Then(movement => ApiResponse.Created(
                $"{workspace.Api}/items/{id}/movements/{movement.Id}",
                movement, StockJson.Default.Movement, movement.Version));
        });

    public static async Task<Result<Movement>> Apply(WriteTransaction tx, long workspace, long item, Request request)
    {
        var place = await Balances.Place(tx, workspace, request.Place);
        if (place == 0) return Problem.Invalid("place", "error.unknown");
        var after = await tx.First<StockState>(
            $"""
            update item
            set amount = amount + @Delta, version = version + 1, updated_at = @Now, updated_by = @Account
            where id = @Item and workspace_id = @Workspace and archived_at is null
              and amount + @Delta between 0 and {Stock.Amount.Max}
            returning amount, version, threshold
            """, new { request.Delta, tx.Now, Account = tx.Actor.Id, Item = item, Workspace = workspace });
        if (after is null) return await MovementRefusal.Explain(tx, workspace, item, request.Delta);
        if (!await Balances.Move(tx, item, place, request.Delta))
            return await MovementRefusal.Insufficient(tx, item, place);

        var movement = await InsertMovement(tx, item, place, request, after);
        Record(tx, workspace, movement, after.Threshold);
        return movement;
    }

    /// <summary>Records a movement, and whether the item became low or is no longer low.</summary>
    public static void Record(WriteTransaction tx, long workspace, Movement movement, long? threshold)
    {
        var was = LowStock.Is(movement.Amount - movement.Delta, threshold);
        var isNow = LowStock.Is(movement.Amount, threshold);
        tx.Record(
            workspace, movement.Item, movement.Version, new StockMoved(movement, movement.Amount),
            new Counts(0, movement.Delta, (isNow ? 1 : 0) - (was ? 1 : 0)));
        LowStock.Record(tx, workspace, movement.Item, movement.Version, was, isNow, movement.Amount);
    }

    /// <summary>
    /// Adds the first movement of a new item. The movement gets no log entry of its own, because the
    /// <c>item_created</c> entry already contains the amount.
    /// </summary>
    public static async Task RecordInitialStock(WriteTransaction tx, long workspace, long item, long amount)
    {
        await Balances.AddFirst(tx, workspace, item, amount);
        await tx.Send(
            $"""
            insert into movement (item_id, place_id, delta, amount, version, reason, note, at, account_id)
            select @Item, id, @Amount, @Amount, 1, @Reason, '', @Now, @Account {Balances.DefaultPlace}
            """,
            [
                ("Item", item), ("Amount", amount), ("Reason", Reason.Received), ("Now", tx.Now),
                ("Account", tx.Actor.Id!.Value), ("Workspace", workspace), ("Yes", true),
            ]);
    }

    private static async Task<Movement> InsertMovement(
        WriteTransaction tx, long item, long place, Request request, StockState after)
    {
        var movement = new Movement
        {
            Id = 0,
            Item = item,
            Place = place,
            Delta = request.Delta,
            Reason = request.Reason,
            Note = request.Note,
            Amount = after.Amount,
            Version = after.Version,
            At = tx.Now,
            By = tx.Actor.Id!.Value,
        };
        return movement with
        {
            Id = await tx.Insert(
                "movement",
                """
                insert into movement (id, item_id, place_id, delta, amount, version, reason, note, at, account_id)
                values (@Id, @Item, @Place, @Delta, @Amount, @Version, @Reason, @Note, @At, @By)
                """,
                [
                    ("Item", item), ("Place", place), ("Delta", movement.Delta), ("Amount", movement.Amount),
                    ("Version", movement.Version), ("Reason", movement.Reason), ("Note", movement.Note),
                    ("At", movement.At), ("By", movement.By),
                ]),
        };
    }
}
