namespace Pacil.Log.Events;

/// <summary>Current values for the text and the page of a notification.</summary>
/// <param name="Actor">The author's name, or "Someone".</param>
/// <param name="Workspace">The workspace's name.</param>
/// <param name="Path">The start of the paths of the workspace's pages: "" or "/w/7".</param>
/// <param name="Count">The number of events that share the notification.</param>
/// <param name="Item">The item's name; null if the event is not about an item.</param>
/// <param name="Unit">The item's unit; null if the event is not about an item.</param>
/// <param name="Message">The message's text; "" if it was deleted, null if the event is not about a message.</param>
internal sealed record NoticeFacts(
    string Actor, string Workspace, string Path, long SubjectId, int Count, string? Item, string? Unit,
    string? Message);
