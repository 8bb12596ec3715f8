namespace Pacil.Feed;

/// <summary>Somebody at one place, with as many connections as they like.</summary>
internal sealed class PresenceEntry
{
    public required PresentUser Visitor { get; set; }

    /// <summary>How many connections of this process are there with them.</summary>
    public int Here { get; set; }

    /// <summary>How many other processes say that they are there.</summary>
    public int Elsewhere { get; set; }

    public bool IsGone => Here + Elsewhere == 0;
}
