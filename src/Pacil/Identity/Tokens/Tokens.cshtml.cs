using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web.Forms;
using Pacil.Web.Requests;

namespace Pacil.Identity.Tokens;

/// <summary>
/// The page to which the form for a new token posts. The response to the POST shows the token: a redirect would have to
/// carry the secret to the next page.
/// </summary>
[GivesAccess]
internal sealed class TokensModel(Database database, CreateToken create) : FormPage
{
    public TokenSection Section { get; private set; } = null!;

    public Task OnGet() => Load(null);

    public async Task<IActionResult> OnPost()
    {
        var created = await create.Apply(
            RequestFields.OfForm(Request.Form), CurrentUser.Of(HttpContext), HttpContext.RequestAborted);
        await Load(created.Value);
        return created.IsProblem ? Refused(created.Problem) : Page();
    }

    /// <summary>After a token was created, the form shows its initial values again.</summary>
    protected override string? Initial(string field) => TokenSection.Initial(field);

    private async Task Load(CreatedToken? created) => Section = new TokenSection(
        await ListTokens.Query(CurrentUser.Of(HttpContext), database, HttpContext.RequestAborted), Field, created);
}
