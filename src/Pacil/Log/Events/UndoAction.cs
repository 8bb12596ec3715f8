using Pacil.Data;
using Pacil.Web;

namespace Pacil.Log.Events;

/// <summary>
/// Undoes entries by making the opposite change. The same rules apply as for any such change. If all entries of a group
/// have equal actions, one call undoes them together.
/// </summary>
internal abstract record UndoAction
{
    /// <summary>Whether one call can undo the entries of many subjects.</summary>
    public virtual bool IsForMany => true;

    /// <param name="entries">At least one entry; each has another subject.</param>
    /// <returns>Null if all entries are undone; otherwise the reason why none is.</returns>
    public abstract Task<Problem?> Apply(WriteTransaction tx, long workspace, IReadOnlyList<UndoneEntry> entries);
}
