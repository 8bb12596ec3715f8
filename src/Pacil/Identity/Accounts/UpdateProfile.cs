using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Language;
using Pacil.Web.Requests;

namespace Pacil.Identity.Accounts;

/// <summary>
/// Changes the user's own name, e-mail address, language or time zone. A missing field keeps its value.
/// </summary>
internal sealed class UpdateProfile(AccountStore accounts, SessionStore sessions)
{
    /// <summary>A conflict causes a retry, because concurrent changes usually concern different fields.</summary>
    private const int AttemptsMax = 3;

    public static async Task<Result<ApiResponse>> Handle(
        RequestFields fields, CurrentUser user, UpdateProfile change, CancellationToken cancellation) =>
        (await change.Apply(fields, user, cancellation)).Then(account =>
            ApiResponse.Ok(Me.Of(account), AccountsJson.Default.Me));

    public async Task<Result<Account>> Apply(RequestFields fields, CurrentUser user, CancellationToken cancellation)
    {
        var givesAccess = fields.Has("username") || fields.Has("email");
        if (givesAccess && user.NeedsAdminScope is { } refusal) return refusal;
        for (var attempt = 1; ; attempt++)
        {
            var account = await accounts.Get(user);
            Read(fields, account);
            if (fields.Problem is { } problem) return problem;
            var broken = await accounts.Update(account, cancellation);
            if (broken.Contains(ChangeAccount.Conflict) && attempt < AttemptsMax) continue;
            sessions.Revoke(user.Id);
            return AccountRules.Report(fields, broken) is { } refused ? refused : account;
        }
    }

    private static void Read(RequestFields fields, Account account)
    {
        if (fields.Has("username")) account.Username = AccountFields.Username(fields);
        if (fields.Has("email")) account.Email = AccountFields.Email(fields);
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
