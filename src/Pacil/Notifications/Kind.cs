namespace Pacil.Notifications;

/// <summary>Entry kinds that create or withdraw notifications, and choices that turn notifications off.</summary>
internal static class Kind
{
    public const string StockLow = "stock_low";
    public const string StockRecovered = "stock_recovered";
    public const string Mention = "message_posted";
    public const string Edited = "message_edited";
    public const string Deleted = "message_redacted";
    public const string Invited = "member_invited";
    public const string RoleChanged = "member_role_changed";
    public const string Removed = "member_removed";

    /// <summary>All choices, in the order of the settings page.</summary>
    public static readonly IReadOnlyList<string> Choices = ["stock", "mention", "invitation", "membership"];

    /// <summary>Kinds that reveal nothing of a workspace's content, so they also notify non-members.</summary>
    public static readonly string[] OfMembership = [Invited, RoleChanged, Removed];

    /// <summary>The choice with which users turn the kind off; null if the kind notifies nobody.</summary>
    public static string? Choice(string kind) => kind switch
    {
        StockLow or StockRecovered => "stock",
        Mention or Edited => "mention",
        Invited => "invitation",
        RoleChanged or Removed => "membership",
        _ => null,
    };

    /// <summary>Whether entries of the kind are queued. The triggers of migration 0014 queue the same kinds.</summary>
    public static bool IsDue(string kind) => kind == Deleted || Choice(kind) is not null;

    /// <summary>The kind of the notification for an entry. An edit that adds a mention counts as a mention.</summary>
    public static string NotifiedAs(string kind) => kind == Edited ? Mention : kind;

    public static bool IsStock(string kind) => kind is StockLow or StockRecovered;
}
