using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Workspaces.Invitations;

/// <summary>
/// Creates an invitation: a link, which is shown one time, or an invitation for one person by name. The response does
/// not reveal whether an account has the name. Only managers can see the name, because the inviter may have typed
/// anything, even an e-mail address. There is no idempotency key: the stored response would contain the secret.
/// </summary>
internal static class CreateInvitation
{
    public const int OpenMax = 200;
    public const int UsesMax = 1000;
    public const int DaysDefault = 7;
    public const int DaysMax = 90;

    /// <param name="Uses">Always 1 if the invitation contains a user name.</param>
    public sealed record Request(Role Role, string? Username, int Uses, int Days)
    {
        public static Request Read(RequestFields fields)
        {
            var username = fields.WholeLine("username", Account.UsernameLengthMax);
            var uses = fields.Integer("uses", 1, UsesMax) ?? 1;
            if (username.Length > 0 && !Account.MayBeUsername(username))
                fields.Error("username", "error.username_not_allowed");
            if (username.Length > 0 && uses > 1) fields.Error("uses", "error.too_large", 1);
            return new Request(
                Roles.Read(fields), username.Length > 0 ? username : null, (int)uses,
                (int)(fields.Integer("expires_in_days", 1, DaysMax) ?? DaysDefault));
        }
    }

    public static async Task<Result<ApiResponse>> Handle(
        RequestFields fields, CurrentWorkspace workspace, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var request = Request.Read(fields);
        return (await Invite(workspace, fields, request)).Then(made => ApiResponse.Created(
            $"{workspace.Api}/invitations/{made.Id}", made, WorkspacesJson.Default.CreatedInvitation));
    }

    public static async Task<Result<CreatedInvitation>> Invite(
        CurrentWorkspace workspace, RequestFields fields, Request request)
    {
        if (request.Username is not null && workspace.CountInvitation() is { } refusal) return refusal;
        CreatedInvitation? made = null;
        var result = await (workspace.Write(Role.Manager, null, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            await Workspace.LockForUpdate(tx, workspace.Id);
            if (await Member.Find(tx, workspace.Id, workspace.Account) is not { } me) return Problem.NotFound;
            if (!me.Role.MayGive(request.Role)) return Membership.RoleTooHigh;
            var open = request.Username is { } name ? await InviteByName.FindOpen(tx, workspace.Id, name) : 0;
            if (open == 0 && await CountOpen(tx, workspace.Id) >= OpenMax)
                return new Problem(StatusCodes.Status409Conflict, "too_many_invitations", OpenMax);
            made = await Apply(tx, workspace.Id, open, request, me.Username);
            return ApiResponse.NoContent;
        }) with
        {
            IsStored = false,
            IsUndoable = false,
        }).Run();
        return result.IsProblem ? result.Problem : made!;
    }

    private static async Task<CreatedInvitation> Apply(
        WriteTransaction tx, long workspace, long open, Request request, string by)
    {
        var invitation = new CreatedInvitation
        {
            Id = 0,
            Role = request.Role,
            Username = request.Username,
            UsesLeft = request.Uses,
            ExpiresAt = tx.Now.AddDays(request.Days),
            CreatedAt = tx.Now,
            CreatedBy = by,
            Secret = request.Username is null ? AccessKey.Random() : null,
        };
        return invitation with
        {
            Id = await (invitation.Secret is null
                ? InviteByName.Apply(tx, workspace, open, invitation)
                : InsertLink(tx, workspace, invitation)),
        };
    }

    private static Task<long> InsertLink(WriteTransaction tx, long workspace, CreatedInvitation invitation) =>
        tx.First<long>(
            """
            insert into invitation (workspace_id, role, secret_hash, uses_left, expires_at, created_at, created_by)
            values (@Workspace, @Role, @Hash, @UsesLeft, @ExpiresAt, @CreatedAt, @Account)
            returning id
            """,
            new
            {
                Workspace = workspace,
                invitation.Role,
                Hash = AccessKey.Hash(invitation.Secret!),
                invitation.UsesLeft,
                invitation.ExpiresAt,
                invitation.CreatedAt,
                Account = tx.Actor.Id,
            });

    private static Task<long> CountOpen(WriteTransaction tx, long workspace) => tx.First<long>(
        $"select count(*) from invitation where workspace_id = @Workspace and {Invitation.Open}",
        new { Workspace = workspace, tx.Now });
}
