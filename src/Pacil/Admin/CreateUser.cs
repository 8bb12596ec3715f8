using System.Globalization;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Passwords;
using Pacil.Identity.Registration;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Admin;

/// <summary>
/// Creates an account for another user. If the request contains no password, the response contains a link for the first
/// sign-in. There is no idempotency key: the stored response would contain the link.
/// </summary>
internal sealed class CreateUser(Register register, CreateAccount createAccount)
{
    public static async Task<Result<ApiResponse>> Handle(
        RequestFields fields, CurrentUser user, CreateUser create, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return (await create.Apply(fields, user, context)).Then(made => ApiResponse.Created(
            string.Create(CultureInfo.InvariantCulture, $"/api/users/{made.Id}"),
            made, AdminJson.Default.CreatedUser, made.Version));
    }

    public async Task<Result<CreatedUser>> Apply(RequestFields fields, CurrentUser user, HttpContext context)
    {
        var isAdministrator = fields.Flag("administrator") is true;
        var wanted = await register.Read(
            fields, needsPassword: false, HashRequester.Known(user.Id), context.RequestAborted);
        if (wanted.IsProblem) return wanted.Problem;
        CreatedUser? made = null;
        var result = await (user.Write(context, null, async tx =>
        {
            var created = await Apply(tx, wanted.Value with { Administrator = isAdministrator });
            made = created.Value;
            return created.Then(_ => ApiResponse.NoContent);
        }, Administrators.RequireAdministrator) with
        {
            IsStored = false,
        }).Run();
        return result.IsProblem ? result.Problem : made!;
    }

    private async Task<Result<CreatedUser>> Apply(WriteTransaction tx, Account wanted)
    {
        var made = await createAccount.Apply(tx, wanted);
        if (made.IsProblem) return made.Problem;
        var link = wanted.PasswordHash.Length > 0 ? null : await SignInLink.Make(tx, made.Value);
        return CreatedUser.Of((await User.Find(tx, made.Value.Id))!, link);
    }
}
