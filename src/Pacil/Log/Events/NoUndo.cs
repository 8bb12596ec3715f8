using Pacil.Data;
using Pacil.Web;

namespace Pacil.Log.Events;

/// <summary>The entry cannot be undone.</summary>
/// <param name="Reason">The reason, for developers.</param>
internal sealed record NoUndo(string Reason) : UndoAction
{
    /// <summary>The response to the request to undo such an entry: 409.</summary>
    public static readonly Problem Problem = new(StatusCodes.Status409Conflict, "cannot_be_undone");

    public override Task<Problem?> Apply(WriteTransaction tx, long workspace, IReadOnlyList<UndoneEntry> entries) =>
        Task.FromResult<Problem?>(Problem);
}
