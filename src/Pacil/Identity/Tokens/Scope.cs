namespace Pacil.Identity.Tokens;

/// <summary>The scopes: each limits what a program may do with a token.</summary>
internal static class Scope
{
    /// <summary>The program may read what the account can read, and change nothing.</summary>
    public const string Read = "read";

    /// <summary>The program may also make changes, but not give or revoke access to an account or workspace.</summary>
    public const string Write = "write";

    /// <summary>
    /// The program may also give or revoke access to an account or workspace. Only a session can create a token with
    /// this scope.
    /// </summary>
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Read, Write, Admin];
}
