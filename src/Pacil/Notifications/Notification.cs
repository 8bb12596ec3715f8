using Pacil.Log.Events;
using Pacil.Web.OpenApi;

namespace Pacil.Notifications;

/// <summary>A notification as the API returns it to its reader.</summary>
/// <param name="Kind">The kind of the entry that the notification is about.</param>
/// <param name="Entry">The number of the entry that the notification is about; the first if there are several.</param>
/// <param name="Text">A sentence in the reader's language.</param>
[Example(
    """
    {
      "id": 9, "kind": "stock_low", "workspace": 1, "entry": 41, "text": "AA cells is low: 16 pcs left.",
      "at": "2026-11-21T08:14:05.120Z", "read_at": null
    }
    """)]
internal sealed record Notification(
    long Id, string Kind, long Workspace, long Entry, string Text, DateTime At, DateTime? ReadAt)
{
    /// <summary>Kinds that reveal nothing of a workspace's content, so that non-members may read them.</summary>
    public static readonly string[] OfMembership =
        [.. EventRegistry.All.Where(kind => kind.IsOfMembership).Select(kind => kind.Name)];
}
