using Pacil.Data;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// Who administers, asked inside a write. Their rows are held, always in the same order, so that of two who unmake
/// each other at once the second finds that he is none any more.
/// </summary>
internal static class Administrators
{
    /// <summary>What their requests carry as a role.</summary>
    public const string Role = "administrator";

    /// <returns>Null where the writer is one; else 403.</returns>
    public static async Task<Problem?> RequireAdministrator(WriteTransaction tx) =>
        (await Held(tx)).Contains(tx.Actor.Id ?? 0) ? null : Problem.Forbidden;

    /// <summary>Whether nobody but this account could go on.</summary>
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
