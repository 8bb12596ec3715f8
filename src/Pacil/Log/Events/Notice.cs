namespace Pacil.Log.Events;

/// <summary>Who is notified of an event, and what the notification says.</summary>
/// <param name="Choice">The choice on the settings page that turns such notifications off; null if none does.</param>
/// <param name="Text">
/// Called when the user reads the notification. Returns the text in the language of the user; null if the subject of
/// the notification was deleted.
/// </param>
/// <param name="Page">Returns the path of the page that shows what the notification is about.</param>
internal sealed record Notice(
    string? Choice, NoticeAudience Audience, Func<NoticeFacts, string?> Text, Func<NoticeFacts, string> Page)
{
    /// <summary>Notifies nobody. Withdraws all notifications about these entries.</summary>
    public static Notice Withdrawal(IReadOnlyList<long> entries) =>
        new(null, NoticeAudience.Nobody, static _ => null, static _ => "") { WithdrawnEntries = entries };

    /// <summary>Whether nobody is notified and no notification is withdrawn.</summary>
    public bool IsEmpty => Audience is NoticeAudience.Nobody or NoticeAudience.Members
        && Members.Count == 0 && WithdrawnEntries.Count == 0 && WithdrawnMembers.Count == 0;

    /// <summary>The members to notify, if the audience is <see cref="NoticeAudience.Members"/>.</summary>
    public IReadOnlyList<long> Members { get; init; } = [];

    /// <summary>The kind that the notification is stored as; null for the kind of the event.</summary>
    public EventKind? StoredAs { get; init; }

    /// <summary>
    /// Whether the notification is about low or recovered stock. All events of the same kind in one write then share
    /// one notification. The author is notified too if no other member may change stock. Members who have blocked the
    /// author are notified too.
    /// </summary>
    public bool IsAboutStock => Audience == NoticeAudience.Editors;

    /// <summary>The numbers of entries whose notifications the event withdraws from all accounts.</summary>
    public IReadOnlyList<long> WithdrawnEntries { get; init; } = [];

    /// <summary>The members that lose their notification about the subject of the event.</summary>
    public IReadOnlyList<long> WithdrawnMembers { get; init; } = [];
}
