using Pacil.Identity.Sessions;
using Pacil.Web.OpenApi;

namespace Pacil.Identity.Tokens;

/// <summary>A token as its owner sees it, without the secret.</summary>
[Example(
    """
    {
      "id": 4, "name": "Printer", "scope": "write", "created_at": "2026-11-21T08:14:05.120Z", "expires_at": null,
      "last_used_at": null
    }
    """)]
internal record Token
{
    public const int NameLengthMax = 100;

    /// <summary>People and scanners for leaked secrets recognize a token by this prefix.</summary>
    private const string SecretPrefix = "pacil_";

    private static readonly int SecretLength = NewSecret().Length;

    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string Scope { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Null if the token never expires.</summary>
    public required DateTime? ExpiresAt { get; init; }

    /// <summary>Accurate to a minute. Null if the token was never used.</summary>
    public required DateTime? LastUsedAt { get; init; }

    public static string NewSecret() => SecretPrefix + AccessKey.Random();

    public static bool IsSecret(string text) =>
        text.Length == SecretLength && text.StartsWith(SecretPrefix, StringComparison.Ordinal);
}
