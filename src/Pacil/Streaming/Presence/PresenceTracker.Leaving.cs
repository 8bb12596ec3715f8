namespace Pacil.Streaming.Presence;

/// <summary>
/// Removes users two seconds after they leave, so that a reload of a web page does not remove the user.
/// </summary>
internal sealed partial class PresenceTracker
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly ExpiryQueue leaving = new(time, Grace);

    /// <param name="isGoodbye">True if the user leaves on purpose: there is then no grace period.</param>
    public void Depart(PresenceLocation location, bool isGoodbye = false)
    {
        lock (changing)
        {
            if (byWorkspace.GetValueOrDefault(location.Workspace) is not { } crowd) return;
            if (crowd.Find(location) is not { } attendee) return;
            if (--attendee.Here == 0) Changed?.Invoke(PresenceMessageKind.Left, location);
            if (isGoodbye && attendee.IsGone) Remove(crowd, location);
            else Leave(location, attendee);
        }
    }

    /// <summary>Removes the users whose grace period has ended. Called several times per second.</summary>
    public void Sweep()
    {
        lock (changing)
        {
            typing.Take();
            foreach (var location in leaving.Take()) LetGo(location);
            foreach (var crowd in byWorkspace.Values) crowd.Wake(time);
        }
    }

    /// <summary>
    /// Whether the account may have these additional locations. If there would be too many, this method first removes
    /// the locations that the account left less than two seconds ago.
    /// </summary>
    private bool Fits(List<PresenceLocation> more)
    {
        if (byWorkspace.GetValueOrDefault(more[0].Workspace) is not { } crowd || crowd.Fits(more)) return true;
        foreach (var location in leaving.Of(more[0].Visitor.Id))
            if (location.Workspace == more[0].Workspace) LetGo(location);
        return crowd.Fits(more);
    }

    private void LetGo(PresenceLocation location)
    {
        if (byWorkspace.GetValueOrDefault(location.Workspace) is { } crowd && crowd.Find(location) is { IsGone: true })
            Remove(crowd, location);
    }

    private void Remove(WorkspacePresence crowd, PresenceLocation location)
    {
        leaving.Remove(location);
        crowd.Remove(location);
        if (crowd.IsEmpty) byWorkspace.Remove(location.Workspace);
        else crowd.Wake(time);
    }

    private void Leave(PresenceLocation location, PresenceEntry attendee)
    {
        if (attendee.IsGone) leaving.Put(location);
    }
}
