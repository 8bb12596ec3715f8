using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Events;
using Pacil.Identity.Sessions;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Identity.Tokens;

/// <summary>
/// Creates a token for a program. There is no idempotency key: the stored response would contain the secret.
/// </summary>
internal sealed class CreateToken(Database database)
{
    public const int DaysDefault = 90;
    public const int DaysMax = 366;
    public const int CountMax = 50;

    public static async Task<Result<ApiResponse>> Handle(
        RequestFields fields, CurrentUser user, CreateToken create, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return (await create.Apply(fields, user, context.RequestAborted)).Then(token => ApiResponse.Created(
            $"/api/tokens/{token.Id}", token, AccountsJson.Default.CreatedToken));
    }

    public async Task<Result<CreatedToken>> Apply(
        RequestFields fields, CurrentUser user, CancellationToken cancellation)
    {
        var name = fields.Line("name", Token.NameLengthMax, required: true);
        var scope = fields.OneOf("scope", [.. Scope.All]);
        var days = fields.Has("expires_in_days") ? fields.Integer("expires_in_days", 1, DaysMax) : DaysDefault;
        if (fields.Problem is { } problem) return problem;
        if (scope == Scope.Admin && user.NeedsSession is { } refusal) return refusal;
        return await database.Write(new Actor(user.Id, user.Username), async tx =>
        {
            if (await Stamp(tx, user.Key) is not { } stamp) return Problems.Of(StatusCodes.Status401Unauthorized);
            if (await Count(tx, stamp) >= CountMax)
                return new Problem(StatusCodes.Status409Conflict, "too_many_tokens", CountMax);
            return await Insert(tx, name, scope, stamp, days is { } n ? tx.Now.AddDays(n) : null);
        }, cancellation);
    }

    /// <summary>
    /// The account's security stamp, to which the new token is bound; null if the request's session or token has ended.
    /// The write transaction checks the session again, because a new password may have ended the session a moment ago.
    /// The account's row is locked, so that two concurrent requests cannot both pass the limit.
    /// </summary>
    private static Task<string?> Stamp(WriteTransaction tx, AccessKey opened) => tx.First<string>(
        $"""
        select account.security_stamp
        {(opened.IsToken
            ? "from api_token opened join account on opened.secret_hash = @Hash"
            : "from session opened join account on opened.key_hash = @Hash")}
          and account.id = opened.account_id and account.security_stamp = opened.security_stamp
        {tx.Dialect.Pick(sqlite: "", postgres: "for update of account")}
        """, new { Hash = opened.Hash() });

    private static Task<long> Count(WriteTransaction tx, string stamp) => tx.First<long>(
        "select count(*) from api_token where account_id = @Account and security_stamp = @Stamp",
        new { Account = tx.Actor.Id, Stamp = stamp });

    private static async Task<Result<CreatedToken>> Insert(
        WriteTransaction tx, string name, string scope, string stamp, DateTime? expiresAt)
    {
        var key = new AccessKey(Token.NewSecret(), IsToken: true);
        var id = await tx.First<long>(
            """
            insert into api_token (account_id, name, secret_hash, scope, security_stamp, created_at, expires_at)
            values (@Account, @Name, @Hash, @Scope, @Stamp, @Now, @ExpiresAt)
            returning id
            """,
            new
            {
                Account = tx.Actor.Id,
                Name = name,
                Hash = key.Hash(),
                Scope = scope,
                Stamp = stamp,
                tx.Now,
                ExpiresAt = expiresAt,
            });
        tx.Record(id, version: 1, new TokenCreated());
        return new CreatedToken
        {
            Id = id,
            Name = name,
            Scope = scope,
            CreatedAt = tx.Now,
            ExpiresAt = expiresAt,
            LastUsedAt = null,
            Secret = key.Text,
        };
    }
}
