namespace Pacil.Streaming.Presence;

/// <summary>One user at one location. The user may have several connections.</summary>
internal sealed class PresenceEntry
{
    public required PresentUser User { get; set; }

    /// <summary>The number of the user's connections to this process at this location.</summary>
    public int Here { get; set; }

    /// <summary>The number of other processes that report the user at this location.</summary>
    public int Elsewhere { get; set; }

    public bool IsGone => Here + Elsewhere == 0;
}
