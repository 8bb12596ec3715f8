using System.Text.Json.Serialization;

namespace Pacil.Accounts;

/// <summary>What lets a program in as its account, as its owner sees it: never the secret.</summary>
internal record Token
{
    public const int NameLengthMax = 100;

    /// <summary>Tells people, and what looks for leaked secrets, what it is.</summary>
    private const string SecretPrefix = "pacil_";

    private static readonly int SecretLength = NewSecret().Length;

    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string Scope { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Null: never.</summary>
    public required DateTime? ExpiresAt { get; init; }

    /// <summary>To the minute.</summary>
    public required DateTime? LastUsedAt { get; init; }

    public static string NewSecret() => SecretPrefix + AccessKey.Random();

    public static bool IsSecret(string text) =>
        text.Length == SecretLength && text.StartsWith(SecretPrefix, StringComparison.Ordinal);
}

/// <summary>The answer to its creation, the only place where the secret is ever seen.</summary>
internal sealed record CreatedToken : Token
{
    [JsonPropertyName("token"), JsonPropertyOrder(1)]
    public required string Secret { get; init; }
}

/// <summary>What a token is for.</summary>
internal static class Scope
{
    /// <summary>See what the account sees, and change nothing.</summary>
    public const string Read = "read";

    /// <summary>All that the account may, but what gives access.</summary>
    public const string Write = "write";

    /// <summary>That as well. Only a session gives it.</summary>
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Read, Write, Admin];
}
