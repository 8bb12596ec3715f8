using Pacil.Data;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// Who somebody is. Its row is read whole only to sign in and to change it; requests carry <see cref="CurrentUser"/>.
/// </summary>
internal sealed record Account
{
    public const int UsernameLengthMax = 150;
    public const int EmailLengthMax = 254;

    /// <summary>What everyone whose account is erased is called; with a blank, nobody can choose it.</summary>
    public const string Former = "former member";

    public long Id { get; set; }
    public string Username { get; set; } = "";
    public string UsernameKey { get; set; } = "";
    public string? Email { get; set; }
    public string PasswordHash { get; set; } = "";
    public string SecurityStamp { get; set; } = "";

    /// <summary>Null: as the browser asks.</summary>
    public string? Language { get; set; }

    /// <summary>IANA name.</summary>
    public string TimeZone { get; set; } = "UTC";

    public bool Administrator { get; set; }

    /// <summary>Since when nobody can sign in to it; null: it is not locked.</summary>
    public DateTime? LockedAt { get; set; }

    public long WorkspaceId { get; set; }
    public long InboxId { get; set; }

    /// <summary>Raised by every change, so that two changes at once do not erase each other.</summary>
    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }
    public DateTime? LastLoginAt { get; set; }

    /// <summary>By what it is searched. Addresses are not verified, so several accounts may give the same.</summary>
    public string? EmailKey => Email is null ? null : Key(Email);

    /// <summary>What no other account's name may have; see <see cref="UserNames.Skeleton"/>.</summary>
    public string UsernameSkeleton => UserNames.Skeleton(Username);

    /// <summary>Whether its owner can administer now.</summary>
    public bool IsActiveAdministrator => Administrator && LockedAt is null;

    /// <summary>
    /// Lets no other write count what the account has until this one has ended: else, on PostgreSQL, two at once would
    /// both find room for one more.
    /// </summary>
    public static Task<long> LockForUpdate(WriteTransaction tx, long id) => tx.First<long>(
        $"select id from account where id = @Id {tx.Dialect.Pick(sqlite: "", postgres: "for no key update")}",
        new { Id = id });

    /// <summary>A name as people read it.</summary>
    public static string Shown(string username) => username == Former ? Texts.T("accounts.former") : username;

    /// <summary>Names that differ only in case, width or composition are one.</summary>
    public static string Key(string nameOrEmail) =>
        nameOrEmail.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>Letters and digits of any script, and <c>@ . + - _</c>, as <see cref="UserNames"/> says.</summary>
    public static bool IsUsername(string text) =>
        text.Length is > 0 and <= UsernameLengthMax && UserNames.IsAllowed(text);

    /// <summary>Whether somebody can have that name, if only from before these rules.</summary>
    public static bool MayBeUsername(string text) =>
        text.Length is > 0 and <= UsernameLengthMax && text.EnumerateRunes().All(UserNames.IsOfAName);

    public static bool IsEmail(string text) =>
        text.Length <= EmailLengthMax && System.Net.Mail.MailAddress.TryCreate(text, out var address)
        && address.Address == text && !text.Any(char.IsWhiteSpace);
}
