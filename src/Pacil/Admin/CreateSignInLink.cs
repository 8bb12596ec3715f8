using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Admin;

/// <summary>Creates a new sign-in link for a user who has lost the password or the previous link.</summary>
internal static class CreateSignInLink
{
    /// <param name="SignInLink">The path of the link, which no other response contains.</param>
    [Example("""{"sign_in_link": "/sign-in/mXxT9-example-only"}""")]
    public sealed record Response(string SignInLink);

    public static RequestWrite Handle(long account, CurrentUser user, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return user.Write(context, null, async tx =>
        {
            if (await AccountStore.Find(tx, account) is not { } found) return Problem.NotFound;
            if (found.LockedAt is not null) return new Problem(StatusCodes.Status409Conflict, "account_is_locked");
            var link = await SignInLink.Make(tx, found);
            return ApiResponse.Ok(new Response(link), AdminJson.Default.Response) with
            {
                Status = StatusCodes.Status201Created,
                Location = link,
            };
        }, Administrators.RequireAdministrator) with
        {
            IsStored = false,
        };
    }
}
