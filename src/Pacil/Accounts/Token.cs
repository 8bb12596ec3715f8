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
