namespace Pacil.Identity.Tokens;

/// <summary>What a token may do.</summary>
internal static class Scope
{
    /// <summary>Read what the account can read, and change nothing.</summary>
    public const string Read = "read";

    /// <summary>Everything that the account may do, except give access.</summary>
    public const string Write = "write";

    /// <summary>Also give access. Only a session can create such a token.</summary>
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Read, Write, Admin];
}
