namespace Pacil.Accounts;

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
