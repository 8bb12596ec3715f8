using Pacil.Data;
using Pacil.Web.Language;

namespace Pacil.Identity.Accounts;

/// <summary>All columns of an account, for sign-in and changes. Other requests use <see cref="CurrentUser"/>.</summary>
internal sealed record Account
{
    public const int UsernameLengthMax = 150;
    public const int EmailLengthMax = 254;

    /// <summary>The name of every erased account. The name contains a space, so nobody can choose it.</summary>
    public const string Former = "former member";

    public long Id { get; set; }
    public string Username { get; set; } = "";
    public string UsernameKey { get; set; } = "";
    public string? Email { get; set; }
    public string PasswordHash { get; set; } = "";
    public string SecurityStamp { get; set; } = "";

    /// <summary>Null if the Accept-Language header of each request determines the language.</summary>
    public string? Language { get; set; }

    /// <summary>The IANA name of the time zone.</summary>
    public string TimeZone { get; set; } = "UTC";

    public bool Administrator { get; set; }

    /// <summary>Nobody can sign in to a locked account. Null if the account is not locked.</summary>
    public DateTime? LockedAt { get; set; }

    public long WorkspaceId { get; set; }
    public long InboxId { get; set; }

    /// <summary>Goes up with every change. A change that is based on an older version fails.</summary>
    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }
    public DateTime? LastLoginAt { get; set; }

    /// <summary>Used for searching. Addresses are not verified, so several accounts may have the same key.</summary>
    public string? EmailKey => Email is null ? null : Key(Email);

    /// <summary>Names that look alike have the same skeleton. No two accounts may have the same skeleton.</summary>
    public string UsernameSkeleton => UserNames.Skeleton(Username);

    public bool IsActiveAdministrator => Administrator && LockedAt is null;

    /// <summary>
    /// A write that enforces a limit per account locks the account's row before it counts. Otherwise, on PostgreSQL,
    /// two concurrent transactions could both find a count below the limit.
    /// </summary>
    public static Task<long> LockForUpdate(WriteTransaction tx, long id) => tx.First<long>(
        $"select id from account where id = @Id {tx.Dialect.Pick(sqlite: "", postgres: "for no key update")}",
        new { Id = id });

    public static string Shown(string username) => username == Former ? Texts.T("accounts.former") : username;

    /// <summary>Names that differ only in case, width or composition have the same key.</summary>
    public static string Key(string nameOrEmail) =>
        nameOrEmail.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant();

    public static bool IsUsername(string text) =>
        text.Length is > 0 and <= UsernameLengthMax && UserNames.IsAllowed(text);

    /// <summary>Whether an existing account may have the name. Accepts names older than the current rules.</summary>
    public static bool MayBeUsername(string text) =>
        text.Length is > 0 and <= UsernameLengthMax && text.EnumerateRunes().All(UserNames.IsOfAName);

    public static bool IsEmail(string text) =>
        text.Length <= EmailLengthMax && System.Net.Mail.MailAddress.TryCreate(text, out var address)
        && address.Address == text && !text.Any(char.IsWhiteSpace);
}
