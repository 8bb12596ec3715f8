namespace Pacil.Feed;

/// <summary>How far a subscriber has read one feed.</summary>
internal sealed class FeedPosition(FeedRing ring)
{
    public FeedRing Ring => ring;
    public long Seq { get; set; }
    public int Mark { get; set; }
    public int Generation { get; set; }

    /// <summary>Who is in the workspace; null in an inbox, and for one who only looks.</summary>
    public WorkspacePresence? People { get; set; }

    /// <summary>The number of what was last heard of them.</summary>
    public long PresenceRead;

    /// <summary>The number of an expulsion that is over.</summary>
    public long AccessRecheckedAt { get; set; }
}
