using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Requests;

namespace Pacil.Workspaces.Invitations;

/// <summary>Shows an invitation with a button to accept it. Programs can use the same address with JSON.</summary>
[TakesJson]
internal sealed class AcceptModel(Database database, TimeProvider time) : FormPage
{
    public AcceptInvitation.Offer Offer { get; private set; } = null!;

    /// <summary>Whether the invitation names the user. The user can decline only such an invitation.</summary>
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
        var accepted = await AcceptInvitation.Apply(secret, CurrentUser.Of(HttpContext), HttpContext).Run();
        if (accepted.IsProblem) return accepted.Problem;
        return Request.WantsHtml()
            ? Done(accepted.Value.Location!, "invitations.accepted")
            : new Sent(accepted.Value);
    }

    /// <summary>Sends a JSON response from a Razor page.</summary>
    private sealed class Sent(ApiResponse answer) : IActionResult
    {
        public Task ExecuteResultAsync(ActionContext context) => answer.ExecuteAsync(context.HttpContext);
    }
}
