using Pacil.Identity.Accounts;
using static Pacil.Web.Language.Texts;

namespace Pacil.ActivityLog;

/// <summary>
/// A log entry as a sentence. It is split into the text before and after the name of the changed object (for example,
/// an item), because the page shows this name as a link. <c>sentences.js</c> builds the same sentence for entries that
/// arrive live.
/// </summary>
internal sealed record EntryDescription(string Before, string? Subject, string After, string Detail)
{
    private const string Link = "\u0001";

    public static EntryDescription Describe(LoggedEntry entry)
    {
        var text = entry.Event.Describe(entry);
        var actor = entry.ActorName.Length > 0 ? Account.Shown(entry.ActorName) : T("js.feed.someone");
        var subject = text.Name ?? (entry.SubjectName is { } name ? Account.Shown(name) : null);
        var details = entry.Undoes is null ? text.Details : [.. text.Details, T("js.activity.undoes")];
        var detail = string.Concat(details.Select(one => $" · {one}"));
        var halves = T($"js.activity.{text.Key}", actor, Link, text.Value).Split(Link, 2);
        return halves.Length == 1
            ? new EntryDescription(halves[0], null, "", detail)
            : new EntryDescription(halves[0], subject, halves[1], detail);
    }
}
