using Pacil.Streaming.Presence;

namespace Pacil.Streaming;

/// <summary>How far a subscriber has read one feed.</summary>
internal sealed class FeedPosition(FeedRing ring)
{
    public FeedRing Ring => ring;
    public long Seq { get; set; }
    public int Mark { get; set; }
    public int Generation { get; set; }

    /// <summary>
    /// The users present in the workspace. Null for an inbox, for the administrators' feed, and for a connection that
    /// does not count as presence.
    /// </summary>
    public WorkspacePresence? People { get; set; }

    public long PresenceRead;

    /// <summary>
    /// The number of an entry that revokes the account's access to the feed, if the account has regained its access
    /// after that entry. Such an entry does not end the stream. 0 if there is no such entry.
    /// </summary>
    public long AccessRecheckedAt { get; set; }
}
