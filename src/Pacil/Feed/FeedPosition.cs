namespace Pacil.Feed;

/// <summary>How far a subscriber has read one feed.</summary>
internal sealed class FeedPosition(FeedRing ring)
{
    public FeedRing Ring => ring;
    public long Seq { get; set; }
    public int Mark { get; set; }
    public int Generation { get; set; }

    /// <summary>Who is in the workspace; null in an inbox, and for an uncounted connection.</summary>
    public WorkspacePresence? People { get; set; }

    /// <summary>The number of the last presence frame that was read.</summary>
    public long PresenceRead;

    /// <summary>The entry that removed the account, where it has become a member again since.</summary>
    public long AccessRecheckedAt { get; set; }
}
