namespace Pacil.Notifications;

/// <summary>What entries of the log concern somebody, and under which choice a person switches them off.</summary>
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

    /// <summary>In the order of the settings page.</summary>
    public static readonly IReadOnlyList<string> Choices = ["stock", "mention", "invitation", "membership"];

    /// <summary>Those that tell nothing of what is in a workspace: people who are no members have them too.</summary>
    public static readonly string[] OfMembership = [Invited, RoleChanged, Removed];

    /// <summary>Null: it tells nobody anything.</summary>
    public static string? Choice(string kind) => kind switch
    {
        StockLow or StockRecovered => "stock",
        Mention or Edited => "mention",
        Invited => "invitation",
        RoleChanged or Removed => "membership",
        _ => null,
    };

    /// <summary>Whether it tells or ends something. The triggers of migration 0014 queue the same ones.</summary>
    public static bool IsDue(string kind) => kind == Deleted || Choice(kind) is not null;

    /// <summary>What a notification of such an entry is called: a mention, also where an edit has brought it.</summary>
    public static string Told(string kind) => kind == Edited ? Mention : kind;

    public static bool IsStock(string kind) => kind is StockLow or StockRecovered;
}
