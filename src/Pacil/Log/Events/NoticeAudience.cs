namespace Pacil.Log.Events;

/// <summary>The accounts that a <see cref="Notice"/> is for.</summary>
internal enum NoticeAudience
{
    /// <summary>Nobody; the event only withdraws notifications.</summary>
    Nobody,

    /// <summary>Members who may change stock, except the author if there are others.</summary>
    Editors,

    /// <summary>The members in <see cref="Notice.Members"/>.</summary>
    Members,

    /// <summary>The account that is the subject of the event.</summary>
    Subject,

    /// <summary>The account that an invitation names. The subject of the event is the invitation.</summary>
    Invited,
}
