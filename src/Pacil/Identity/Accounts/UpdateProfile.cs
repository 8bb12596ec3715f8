using Microsoft.AspNetCore.Identity;
using Pacil.Identity.Registration;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Language;
using Pacil.Web.Requests;

namespace Pacil.Identity.Accounts;

/// <summary>
/// Changes the user's own name, e-mail address, language or time zone. A missing field keeps its value.
/// </summary>
internal sealed class UpdateProfile(UserManager<Account> users, SessionStore sessions)
{
    /// <summary>A conflict causes a retry, because concurrent changes usually concern different fields.</summary>
    private const int AttemptsMax = 3;

    public static async Task<Result<ApiResponse>> Handle(
        RequestFields fields, CurrentUser user, UpdateProfile change) =>
        (await change.Apply(fields, user)).Then(account => ApiResponse.Ok(Me.Of(account), AccountsJson.Default.Me));

    public async Task<Result<Account>> Apply(RequestFields fields, CurrentUser user)
    {
        var givesAccess = fields.Has("username") || fields.Has("email");
        if (givesAccess && user.NeedsAdminScope is { } refusal) return refusal;
        for (var attempt = 1; ; attempt++)
        {
            var account = await users.Get(user);
            Read(fields, account);
            if (fields.Problem is { } problem) return problem;
            var result = await users.UpdateAsync(account);
            if (AccountRules.IsConflict(result) && attempt < AttemptsMax) continue;
            sessions.Revoke(user.Id);
            return AccountRules.Report(fields, result) is { } broken ? broken : account;
        }
    }

    private static void Read(RequestFields fields, Account account)
    {
        if (fields.Has("username")) account.Username = Register.Username(fields);
        if (fields.Has("email")) account.Email = Register.Email(fields);
        if (fields.Has("language"))
            account.Language = fields.OneOf("language", ["", .. Culture.Languages]) is { Length: > 0 } code
                ? code
                : null;
        if (fields.Has("time_zone"))
        {
            account.TimeZone = fields.Line("time_zone", TimeZones.NameLengthMax, required: true);
            if (TimeZones.Find(account.TimeZone) is null) fields.Error("time_zone", "error.not_a_time_zone");
        }
    }
}
