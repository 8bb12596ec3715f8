using Microsoft.AspNetCore.Authorization;
using Pacil.Identity.Accounts;
using Pacil.Identity.Erasure;
using Pacil.Identity.Sessions;
using Pacil.Log;
using Pacil.Web;

namespace Pacil.Admin;

internal static class UserRoutes
{
    private static readonly AuthorizeAttribute Administering = new() { Roles = Administrators.Role };

    public static void AddUsers(this IServiceCollection services) => services.AddScoped<CreateUser>();

    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("/api/users").WithTags("People")
            .RequireAuthorization(Administering).GivesAccess();
        users.MapGet("", ListUsers.Handle).WithParameters(ListUsers.Asked).Produces<List<User>>();
        users.MapPost("", CreateUser.Handle).Accepts<NewUser>().Produces<CreatedUser>(201);
        users.MapGet("/entries", AdminLog.Handle).WithParameters(Paging.Asked).Produces<List<EntryBody>>();

        var one = users.MapGroup("/{account:long}");
        one.MapGet("", ListUsers.HandleOne).Produces<User>();
        one.MapPut("", ChangeUser.Handle).WithParameters(Versions.Asked).Accepts<UserBody>().Produces<User>();
        one.MapPatch("", ChangeUser.Handle).WithParameters(Versions.Asked).Accepts<UserBody>().Produces<User>();
        one.MapDelete("", EraseUser.Handle).WithParameters(Versions.Asked).Accepts<DeleteAccountRequest>()
            .Produces(204);
        one.MapDelete("/sessions", ChangeUser.HandleSignOut).WithParameters(Versions.Asked).Produces(204);
        one.MapPost("/sign-in-link", CreateSignInLink.Handle).Produces<CreateSignInLink.Response>(201);

        var registration = app.MapGroup("/api/registration").WithTags("People")
            .RequireAuthorization(Administering).GivesAccess();
        registration.MapGet("", ChangeRegistration.HandleRead).Produces<ChangeRegistration.Setting>();
        registration.MapPut("", ChangeRegistration.Handle)
            .Accepts<ChangeRegistration.Setting>().Produces<ChangeRegistration.Setting>();

        var forms = app.MapGroup("/admin").RequireAuthorization(Administering).GivesAccess()
            .ExcludeFromDescription();
        forms.MapPost("/registration", UserForms.Register);
        forms.MapPost("/people/{account:long}/change", UserForms.Change);
        forms.MapPost("/people/{account:long}/sign-out", UserForms.SignOut);
        forms.MapPost("/people/{account:long}/sign-in-link", UserForms.MakeLink);
    }
}
