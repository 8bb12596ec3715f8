using System.Globalization;
using Pacil.Web.Forms;
using Pacil.Web.Language;
using static Pacil.Web.Language.Texts;

namespace Pacil.Identity.Tokens;

/// <summary>The section of the settings page that lists the tokens and has a form for a new one.</summary>
/// <param name="Field">Adds the current value and the errors to a form field.</param>
/// <param name="Created">The token that this request has created. Only this response shows its secret.</param>
internal sealed record TokenSection(
    IReadOnlyList<Token> Tokens, Func<string, Field, Field> Field, CreatedToken? Created = null)
{
    private static readonly int[] Days = [7, 30, CreateToken.DaysDefault, CreateToken.DaysMax];

    public static IReadOnlyList<(string, string)> Scopes =>
        [.. Scope.All.Select(scope => (scope, ScopeText(scope)))];

    public static IReadOnlyList<(string, string)> Lifetimes =>
    [
        .. Days.Select(days => (
            days.ToString(CultureInfo.InvariantCulture), T("settings.tokens.days", days))),
        ("", T("settings.tokens.no_end")),
    ];

    public static string? Initial(string field) =>
        field == "expires_in_days" ? CreateToken.DaysDefault.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>For example "may look · last used 2 min ago · expires 3 Nov 08:14".</summary>
    public static string About(Token token, DateTime now, TimeZoneInfo zone)
    {
        var used = token.LastUsedAt is { } at
            ? T("settings.tokens.used", DisplayTime.Ago(at, now, zone))
            : T("settings.tokens.unused");
        var end = token.ExpiresAt is not { } expires ? T("settings.tokens.no_end")
            : expires <= now ? T("settings.tokens.expired", DisplayTime.At(expires, now, zone))
            : T("settings.tokens.expires", DisplayTime.At(expires, now, zone));
        return $"{ScopeText(token.Scope)} · {used} · {end}";
    }

    private static string ScopeText(string scope) => scope switch
    {
        Scope.Admin => T("settings.tokens.admin"),
        Scope.Write => T("settings.tokens.write"),
        _ => T("settings.tokens.read"),
    };
}
