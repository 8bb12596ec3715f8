using Pacil.Log.Events;
using Pacil.Web.Language;

namespace Pacil.Chat.Events;

/// <summary>The notification of the members that a message mentions.</summary>
internal static class MentionNotice
{
    private const int QuoteLengthMax = 140;

    public static Notice Of(long room, long? item, IReadOnlyList<long> members) => new(
        "mention", NoticeAudience.Members,
        static facts => facts.Message is { Length: > 0 } text
            ? Texts.T("notifications.mention", facts.Actor, Texts.Excerpt(text, QuoteLengthMax))
            : null,
        facts => item is null ? $"{facts.Path}/chat/{room}" : $"{facts.Path}/items/{item}?tab=chat")
    {
        Members = members,
    };
}
