using Pacil.Chat.Events;
using Pacil.Data;
using Pacil.Log;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>
/// Edits or deletes a message. Its author and every manager may do so. After a deletion the log still shows that the
/// message existed, but the text is overwritten in the message and in the log.
/// </summary>
internal static class ChangeMessage
{
    public static RequestWrite Handle(
        RequestFields fields, long id, CurrentWorkspace workspace, RoomReference name, HttpRequest http)
    {
        var (text, expected) = (Message.ReadText(fields), Versions.IfMatch(http));
        return workspace.Write(Role.Viewer, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            var found = await Message.Lock(tx, workspace.Id, name, id);
            if (found.IsProblem) return found.Problem;
            var message = found.Value!;
            if (!expected.Allows(message.Version)) return Conflict(message);
            if (message.DeletedAt is not null) return new Problem(StatusCodes.Status409Conflict, "message_deleted");
            return Of(text == message.Text ? message : await Edit(tx, workspace.Id, message, text));
        });
    }

    public static RequestWrite HandleDelete(
        long id, CurrentWorkspace workspace, RoomReference name, HttpRequest http)
    {
        var expected = Versions.IfMatch(http);
        return workspace.Write(Role.Viewer, null, async tx =>
        {
            var found = await Message.Lock(tx, workspace.Id, name, id);
            if (found.IsProblem) return found.Problem;
            var message = found.Value!;
            if (!expected.Allows(message.Version)) return Conflict(message);
            return Of(message.DeletedAt is null ? await Delete(tx, workspace.Id, message) : message);
        });
    }

    private static async Task<Message> Edit(WriteTransaction tx, long workspace, Message message, string text)
    {
        var changed = message with { Text = text, EditedAt = tx.Now, Version = message.Version + 1 };
        await tx.Execute(
            "update message set text = @Text, edited_at = @EditedAt, version = @Version where id = @Id", changed);
        var (before, after) = (
            await Mentions.Find(tx, workspace, message.Text), await Mentions.Find(tx, workspace, text));
        tx.Record(workspace, message.Id, changed.Version, new MessageEdited
        {
            Room = message.Room,
            Item = message.Item,
            Text = new(message.Text, text),
            Mentions = new(before, after),
        });
        return changed;
    }

    private static async Task<Message> Delete(WriteTransaction tx, long workspace, Message message)
    {
        var changed = message with { Text = "", DeletedAt = tx.Now, Version = message.Version + 1 };
        await tx.Execute(
            "update message set text = '', deleted_at = @DeletedAt, version = @Version where id = @Id", changed);
        await tx.Redact(workspace, MessagePosted.Kind, message.Id, changed.Version, seqs => new MessageRedacted(seqs));
        return changed;
    }

    private static ApiResponse Of(Message message) =>
        ApiResponse.Ok(message, ChatJson.Default.Message, message.Version);

    private static Problem Conflict(Message current) =>
        IfMatchCondition.Conflict(current, ChatJson.Default.Message, ["text"]);
}
