using Pacil.Data;
using Pacil.Web;

namespace Pacil.Identity.Accounts;

/// <summary>
/// Checks inside a write transaction which accounts are administrators. Locks the administrators' rows in order of id:
/// two administrators who demote each other concurrently must not leave the site without an administrator.
/// </summary>
internal static class Administrators
{
    /// <summary>The role claim of an administrator's requests.</summary>
    public const string Role = "administrator";

    /// <returns>Null if the writer is an administrator; otherwise 403.</returns>
    public static async Task<Problem?> RequireAdministrator(WriteTransaction tx) =>
        (await Held(tx)).Contains(tx.Actor.Id ?? 0) ? null : Problem.Forbidden;

    /// <summary>Whether no other account is an active administrator.</summary>
    public static async Task<bool> IsLast(WriteTransaction tx, long account) =>
        (await Held(tx)).All(other => other == account);

    private static Task<List<long>> Held(WriteTransaction tx) => tx.Query<long>(
        $"""
        select id from account
        where administrator and locked_at is null
        order by id
        {tx.Dialect.Pick(sqlite: "", postgres: "for update")}
        """);
}
