namespace Pacil.Feed;

/// <summary>How people leave, and who is waited for.</summary>
internal sealed partial class Presence
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly DueSpots leaving = new(time, Grace);

    /// <summary>Takes one connection away again.</summary>
    /// <param name="isGoodbye">The person has said so: they are not waited for.</param>
    public void Depart(Spot spot, bool isGoodbye = false)
    {
        lock (changing)
        {
            if (crowds.GetValueOrDefault(spot.Workspace) is not { } crowd) return;
            if (crowd.Find(spot) is not { } attendee) return;
            if (--attendee.Here == 0) Told?.Invoke('-', spot);
            if (isGoodbye && attendee.IsGone) Remove(crowd, spot);
            else Leave(spot, attendee);
        }
    }

    /// <summary>Lets go whoever has not come back; called some times a second.</summary>
    public void Sweep()
    {
        lock (changing)
        {
            typing.Take();
            foreach (var spot in leaving.Take()) LetGo(spot);
            foreach (var crowd in crowds.Values) crowd.Wake(time);
        }
    }

    /// <summary>Whether the account may be there, too. One who is at too many places is not waited for.</summary>
    private bool Fits(List<Spot> more)
    {
        if (crowds.GetValueOrDefault(more[0].Workspace) is not { } crowd || crowd.Fits(more)) return true;
        foreach (var spot in leaving.Of(more[0].Visitor.Id))
            if (spot.Workspace == more[0].Workspace) LetGo(spot);
        return crowd.Fits(more);
    }

    private void LetGo(Spot spot)
    {
        if (crowds.GetValueOrDefault(spot.Workspace) is { } crowd && crowd.Find(spot) is { IsGone: true })
            Remove(crowd, spot);
    }

    private void Remove(Crowd crowd, Spot spot)
    {
        leaving.Remove(spot);
        crowd.Remove(spot);
        if (crowd.IsEmpty) crowds.Remove(spot.Workspace);
        else crowd.Wake(time);
    }

    private void Leave(Spot spot, Attendee attendee)
    {
        if (attendee.IsGone) leaving.Put(spot);
    }
}
