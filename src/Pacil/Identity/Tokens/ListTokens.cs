using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;

namespace Pacil.Identity.Tokens;

/// <summary>The user's tokens, newest first. Expired tokens stay for a while, to explain why a program fails.</summary>
internal static class ListTokens
{
    public static async Task<IResult> Handle(CurrentUser user, Database database, CancellationToken cancellation) =>
        ApiResponse.Ok(await Query(user, database, cancellation), AccountsJson.Default.ListToken);

    public static Task<List<Token>> Query(CurrentUser user, Database database, CancellationToken cancellation) =>
        database.Read(connection => Query(connection, user.Id), cancellation);

    public static Task<List<Token>> Query(Connection connection, long account) => connection.Query<Token>(
        """
        select api_token.id, name, scope, api_token.created_at, expires_at, last_used_at from api_token
        join account on account.id = api_token.account_id
          and account.security_stamp = api_token.security_stamp
        where account_id = @Account
        order by api_token.id desc
        """, new { Account = account });
}
