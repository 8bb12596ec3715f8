namespace Pacil.Feed;

/// <summary>One person at one location, with any number of connections.</summary>
internal sealed class PresenceEntry
{
    public required PresentUser Visitor { get; set; }

    /// <summary>The number of connections to this process.</summary>
    public int Here { get; set; }

    /// <summary>The number of other processes that report the person.</summary>
    public int Elsewhere { get; set; }

    public bool IsGone => Here + Elsewhere == 0;
}
