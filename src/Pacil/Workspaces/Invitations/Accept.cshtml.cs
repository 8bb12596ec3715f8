using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Requests;

namespace Pacil.Workspaces.Invitations;

/// <summary>Shows an invitation with a button to accept it. Programs get JSON, and may send it.</summary>
[TakesJson]
internal sealed class AcceptModel(Database database, TimeProvider time) : FormPage
{
    public AcceptInvitation.Offer Offer { get; private set; } = null!;

    /// <summary>The invitation names the user, who can decline it.</summary>
    public bool IsByName { get; private set; }

    public async Task<IActionResult> OnGet(string secret)
    {
        IsByName = Invitation.Number(secret) is not null;
        var user = CurrentUser.Of(HttpContext);
        var offer = await database.Read(
            connection => AcceptInvitation.Look(connection, secret, user.Id, time.UtcNow()),
            HttpContext.RequestAborted);
        if (offer.IsProblem) return offer.Problem;
        if (!Request.WantsHtml())
            return new Sent(ApiResponse.Ok(offer.Value, WorkspacesJson.Default.Offer));
        Offer = offer.Value;
        return Page();
    }

    public async Task<IActionResult> OnPost(string secret)
    {
        var accepted = await AcceptInvitation.Apply(secret, CurrentUser.Of(HttpContext), HttpContext);
        if (accepted.IsProblem) return accepted.Problem;
        return Request.WantsHtml()
            ? Done(accepted.Value.Location!, "invitations.accepted")
            : new Sent(accepted.Value);
    }

    /// <summary>Answers a program from a page.</summary>
    private sealed class Sent(ApiResponse answer) : IActionResult
    {
        public Task ExecuteResultAsync(ActionContext context) => answer.ExecuteAsync(context.HttpContext);
    }
}
