using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// Where the form for a new token leads: to the token itself, in the answer and nowhere else. A redirect would have
/// to carry the secret.
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

    /// <summary>Made, the form is empty again.</summary>
    protected override string? Initial(string field) => TokenSection.Initial(field);

    private async Task Load(CreatedToken? created) => Section = new TokenSection(
        await ListTokens.Query(CurrentUser.Of(HttpContext), database, HttpContext.RequestAborted), Field, created);
}
