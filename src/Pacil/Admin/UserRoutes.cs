using Microsoft.AspNetCore.Authorization;
using Pacil.Identity.Accounts;
using Pacil.Identity.Erasure;
using Pacil.Identity.Sessions;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Admin;

internal static class UserRoutes
{
    private static readonly AuthorizeAttribute Administering = new() { Roles = Administrators.Role };

    public static void AddUsers(this IServiceCollection services) => services.AddScoped<CreateUser>();

    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("/api/users").WithTags("People")
            .RequireAuthorization(Administering).GivesAccess();
        users.MapGet("", ListUsers.Handle).WithOperation("listUsers", "List the accounts, by name.")
            .WithParameters(ListUsers.Asked).Produces<List<User>>();
        users.MapPost("", CreateUser.Handle).WithOperation("createUser", "Create an account for somebody.")
            .Accepts<NewUser>().Produces<CreatedUser>(201);
        users.MapGet("/entries", AdminLog.Handle).WithOperation("listAdminEntries", "List the administrators' log.")
            .WithParameters(Paging.Asked).Produces<List<EntryBody>>();

        var one = users.MapGroup("/{account:long}").WithParameters(Parameter.Id("account", "An account."));
        one.MapGet("", ListUsers.HandleOne).WithOperation("readUser", "Read an account.")
            .WithParameters(Versions.AskedKnown).Produces<User>().Produces(304);
        var changes = one.MapGroup("").WithParameters(Versions.Asked)
            .Refuses(409, "concurrently_changed", "last_administrator");
        changes.MapPut("", ChangeUser.Handle).WithOperation("replaceUser", "Change an account, like PATCH.")
            .Accepts<UserBody>().Produces<User>();
        changes.MapPatch("", ChangeUser.Handle).WithOperation("changeUser", "Change what the body names.")
            .Accepts<UserBody>().Produces<User>();
        changes.MapDelete("", EraseUser.Handle).WithOperation("eraseUser", "Erase an account for good.")
            .Accepts<DeleteAccountRequest>().Produces(204).Refuses(429, "locked_out");
        changes.MapDelete("/sessions", ChangeUser.HandleSignOut)
            .WithOperation("signOutUser", "End all sessions and revoke all tokens of an account.").Produces(204);
        one.MapPost("/sign-in-link", CreateSignInLink.Handle)
            .WithOperation("createSignInLink", "Create a link with which a person signs in and sets a new password.")
            .WithoutIdempotencyKey().Produces<CreateSignInLink.Response>(201).Refuses(409, "account_is_locked");

        var registration = app.MapGroup("/api/registration").WithTags("People")
            .RequireAuthorization(Administering).GivesAccess();
        registration.MapGet("", ChangeRegistration.HandleRead)
            .WithOperation("readRegistration", "Read who may register.").Produces<ChangeRegistration.Setting>();
        registration.MapPut("", ChangeRegistration.Handle)
            .WithOperation("changeRegistration", "Set who may register.")
            .Accepts<ChangeRegistration.Setting>().Produces<ChangeRegistration.Setting>();

        var forms = app.MapGroup("/admin").RequireAuthorization(Administering).GivesAccess()
            .ExcludeFromDescription();
        forms.MapPost("/registration", UserForms.Register);
        forms.MapPost("/people/{account:long}/change", UserForms.Change);
        forms.MapPost("/people/{account:long}/sign-out", UserForms.SignOut);
        forms.MapPost("/people/{account:long}/sign-in-link", UserForms.MakeLink);
    }
}
