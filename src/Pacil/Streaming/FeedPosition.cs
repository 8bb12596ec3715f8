using Pacil.Streaming.Presence;

namespace Pacil.Streaming;

/// <summary>How far a subscriber has read one feed.</summary>
internal sealed class FeedPosition(FeedRing ring)
{
    public FeedRing Ring => ring;
    public long Seq { get; set; }
    public int Mark { get; set; }
    public int Generation { get; set; }

    /// <summary>Null in an inbox, in the administrators' feed, and for an uncounted connection.</summary>
    public WorkspacePresence? People { get; set; }

    public long PresenceRead;

    /// <summary>The number of an entry that removed the account, which has become a member again since.</summary>
    public long AccessRecheckedAt { get; set; }
}
