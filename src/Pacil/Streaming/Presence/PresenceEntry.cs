namespace Pacil.Streaming.Presence;

/// <summary>One user at one location, with any number of connections.</summary>
internal sealed class PresenceEntry
{
    public required PresentUser Visitor { get; set; }

    /// <summary>Connections to this process.</summary>
    public int Here { get; set; }

    /// <summary>Other processes that report the user.</summary>
    public int Elsewhere { get; set; }

    public bool IsGone => Here + Elsewhere == 0;
}
