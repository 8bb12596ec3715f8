using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Registration;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.OpenApi;
using Pacil.Web.Requests;

namespace Pacil.Admin;

/// <summary>The administrators' setting that decides who may register.</summary>
internal static class ChangeRegistration
{
    /// <param name="Registration">"open", "invitation" or "closed".</param>
    [Example("""{"registration": "invitation"}""")]
    public sealed record Setting(string Registration);

    public static async Task<IResult> HandleRead(Database database, CancellationToken cancellation) =>
        ApiResponse.Ok(
            new Setting(await database.Read(RegistrationPolicy.Mode, cancellation)), AdminJson.Default.Setting);

    public static RequestWrite Handle(RequestFields fields, CurrentUser user, HttpContext context)
    {
        var mode = fields.OneOf("registration", RegistrationPolicy.Modes, required: true);
        return user.Write(context, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            if (await Meta.SetRegistration(tx, mode))
                tx.Record(subject: 1, version: 1, new RegistrationChanged(mode));
            return ApiResponse.Ok(new Setting(mode), AdminJson.Default.Setting);
        }, Administrators.RequireAdministrator);
    }
}
