using System.Globalization;
using System.Text.Json;
using Pacil.Identity.Accounts;
using Pacil.Workspaces;
using static Pacil.Web.Language.Texts;

namespace Pacil.Notifications;

/// <summary>Creates the text of a notification when the user reads it, in the user's language.</summary>
internal static class NotificationText
{
    private const int QuoteLengthMax = 140;

    public static Notification Of(NotificationRow row) =>
        new(row.Id, row.Kind, row.Workspace, row.Seq, Text(row), row.At, row.ReadAt);

    /// <summary>The text begins with the workspace's name, unless the workspace is the reader's own.</summary>
    public static string Text(NotificationRow row)
    {
        using var document = JsonDocument.Parse(row.Data);
        var data = document.RootElement;
        if (Kind.OfMembership.Contains(row.Kind)) return Membership(row, data);
        var sentence = Content(row, data);
        return row.IsPersonal ? sentence : T("notifications.in", row.WorkspaceName, sentence);
    }

    private static string Content(NotificationRow row, JsonElement data) => row switch
    {
        { Kind: Kind.StockLow, Item: { } item } => row.Count > 1
            ? T("notifications.low_several", Number(row.Count), item)
            : T("notifications.low", item, Amount(row, data)),
        { Kind: Kind.StockRecovered, Item: { } item } => row.Count > 1
            ? T("notifications.recovered_several", Number(row.Count), item)
            : T("notifications.recovered", item, Amount(row, data)),
        { Kind: Kind.Mention, Said: { Length: > 0 } said } =>
            T("notifications.mention", Actor(row), Excerpt(said, QuoteLengthMax)),
        _ => T("notifications.gone"),
    };

    private static string Membership(NotificationRow row, JsonElement data) => row.Kind switch
    {
        Kind.Invited => T("notifications.invited", Actor(row), row.WorkspaceName),
        Kind.Removed => T("notifications.removed", Actor(row), row.WorkspaceName),
        _ => T("notifications.role_changed", Actor(row), row.WorkspaceName, RoleText(data)),
    };

    private static string Actor(NotificationRow row) =>
        row.Actor is { } name ? Account.Shown(name) : T("notifications.someone");

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Amount(NotificationRow row, JsonElement data) =>
        data.TryGetProperty("amount", out var amount) && amount.TryGetInt64(out var pieces)
            ? $"{Number(pieces)} {row.Unit}".TrimEnd()
            : "?";

    private static string RoleText(JsonElement data) =>
        data.TryGetProperty("role", out var role) && role.ValueKind == JsonValueKind.Object
            && role.TryGetProperty("to", out var to) && Enum.TryParse<Role>(to.ToString(), true, out var known)
            ? T($"notifications.role.{known.ToString().ToLowerInvariant()}")
            : T("notifications.role.other");
}
