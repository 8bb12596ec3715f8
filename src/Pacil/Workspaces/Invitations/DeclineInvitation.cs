using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.OpenApi;
using Pacil.Web.Requests;

namespace Pacil.Workspaces.Invitations;

/// <summary>
/// Declines an invitation, and blocks the inviter on request. The account is removed from the invitation. The inviter
/// still sees an open invitation, as if no account had the name.
/// </summary>
internal static class DeclineInvitation
{
    [Example("""{"block": true}""")]
    public sealed record Request(bool? Block = null);

    /// <summary>Responds to a browser with a redirect, and to a program with the API's response.</summary>
    public static async Task<IResult> Handle(
        RequestFields fields, long id, CurrentUser user, HttpContext context, FormRedirect redirect)
    {
        var isBlocking = fields.Flag("block") is true;
        var declined = user.Write(context, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            var inviter = await tx.First<long>(
                "select created_by from invitation where id = @Id and account_id = @Account and uses_left > 0",
                new { Id = id, Account = user.Id });
            if (inviter == 0) return Problem.NotFound;
            if (isBlocking && await Workspaces.Block.Add(tx, inviter) is { } refused) return refused;
            await tx.Execute(
                "update invitation set account_id = null where id = @Id and account_id = @Account",
                new { Id = id, Account = user.Id });
            return ApiResponse.NoContent;
        });
        return context.Request.WantsHtml()
            ? redirect.Done(
                await declined.Run(), isBlocking ? "invitations.blocked" : "invitations.declined", "/workspaces")
            : declined;
    }
}
