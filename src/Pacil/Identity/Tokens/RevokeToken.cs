using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Events;
using Pacil.Identity.Sessions;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Forms;

namespace Pacil.Identity.Tokens;

/// <summary>Revokes a token immediately, and closes the streams that were opened with the token.</summary>
internal sealed class RevokeToken(Database database, SessionStore sessions)
{
    public static async Task<IResult> Handle(
        long id, CurrentUser user, RevokeToken revoke, CancellationToken cancellation) =>
        await revoke.Apply(id, user, cancellation) is { } problem ? problem : ApiResponse.NoContent;

    public static async Task<IResult> HandleForm(
        long id, CurrentUser user, RevokeToken revoke, FormRedirect redirect, CancellationToken cancellation) =>
        redirect.Done(
            await revoke.Apply(id, user, cancellation) is { } problem ? problem : ApiResponse.NoContent,
            "settings.tokens.revoked", "/settings");

    private async Task<Problem?> Apply(long id, CurrentUser user, CancellationToken cancellation)
    {
        var problem = await database.Write(new Actor(user.Id, user.Username), tx => Apply(tx, id), cancellation);
        if (problem is null) sessions.Revoke(user.Id);
        return problem;
    }

    private static async Task<Problem?> Apply(WriteTransaction tx, long id)
    {
        var deleted = await tx.Execute(
            "delete from api_token where id = @Id and account_id = @Account",
            new { Id = id, Account = tx.Actor.Id });
        if (deleted == 0) return Problem.NotFound;
        tx.Record(id, version: 2, new TokenRevoked());
        return null;
    }
}
