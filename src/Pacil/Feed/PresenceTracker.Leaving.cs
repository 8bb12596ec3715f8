namespace Pacil.Feed;

/// <summary>How people leave, and how long a reload may take before they count as gone.</summary>
internal sealed partial class PresenceTracker
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly ExpiryQueue leaving = new(time, Grace);

    /// <summary>Removes one connection.</summary>
    /// <param name="isGoodbye">The person leaves for good: no waiting for a reload.</param>
    public void Depart(PresenceLocation location, bool isGoodbye = false)
    {
        lock (changing)
        {
            if (byWorkspace.GetValueOrDefault(location.Workspace) is not { } crowd) return;
            if (crowd.Find(location) is not { } attendee) return;
            if (--attendee.Here == 0) Told?.Invoke('-', location);
            if (isGoodbye && attendee.IsGone) Remove(crowd, location);
            else Leave(location, attendee);
        }
    }

    /// <summary>Removes those who have not come back; called several times a second.</summary>
    public void Sweep()
    {
        lock (changing)
        {
            typing.Take();
            foreach (var location in leaving.Take()) LetGo(location);
            foreach (var crowd in byWorkspace.Values) crowd.Wake(time);
        }
    }

    /// <summary>Whether the account may be there, too. An account at too many locations gets no waiting time.</summary>
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
