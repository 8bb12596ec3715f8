using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Pacil.Web.Forms;
using Pacil.Web.Hosting;

namespace Pacil.Web;

/// <summary>
/// Prevents other sites from acting in a user's name. An unsafe request that a cookie could have authenticated must
/// come from this site, by its Sec-Fetch-Site or Origin. It must also repeat the cookie <c>csrftoken</c>, which no
/// other site can read, in header <c>X-CSRFToken</c> or form field <c>csrftoken</c>, plain or masked. The framework's
/// antiforgery checks forms only; JSON and DELETE would pass it.
/// </summary>
internal static class Csrf
{
    public const string Name = "csrftoken";
    private const string HeaderName = "X-CSRFToken";
    private const int TokenBytes = 24;
    private const int TokenLengthMin = 16;
    private const int TokenLengthMax = 128;
    private const int MaskedLengthMax = 1024;
    private static readonly object MaskedKey = new();

    /// <summary>
    /// Runs after authorisation, so that a request without a session is told to sign in first. Endpoints of the
    /// framework, such as its 405, change nothing and are not checked.
    /// </summary>
    public static void UseCsrf(this IApplicationBuilder app) => app.Use((context, next) =>
        IsSafe(context.Request.Method) || context.GetEndpoint() is not RouteEndpoint || HasBearer(context.Request)
            ? next(context)
            : Check(context, next));

    private static async Task Check(HttpContext context, RequestDelegate next)
    {
        var sent = MayPass(context.Request) ? await Sent(context) : null;
        var known = Tokens(context.Request);
        if (sent is not null && known.Any(token => IsSame(token, sent) || IsSame(token, Unmasked(sent))))
            await next(context);
        else if (sent is not null && FormPage.TryShowAgain(context)) await next(context);
        else await new Problem(StatusCodes.Status403Forbidden, "csrf").ExecuteAsync(context);
    }

    /// <summary>False if the request is refused whatever its body contains.</summary>
    public static bool MayPass(HttpRequest request) =>
        HasBearer(request) || (IsFromHere(request) && Tokens(request).Any());

    /// <summary>Sets the cookie if the request has none.</summary>
    public static void Ensure(HttpContext context)
    {
        if (context.Items[Name] is null && !Tokens(context.Request).Any()) Renew(context);
    }

    /// <summary>
    /// The token for a form. Sets the cookie if the browser has none. Each answer masks the token differently:
    /// otherwise an attacker could guess it from the compressed lengths of many answers.
    /// </summary>
    public static string Masked(HttpContext context)
    {
        if (context.Items[MaskedKey] is string made) return made;
        Ensure(context);
        var masked = Mask(context.Items[Name] as string ?? Tokens(context.Request).First());
        context.Items[MaskedKey] = masked;
        return masked;
    }

    /// <summary>Replaces the token at sign-in and sign-out, so that the old token is no longer valid.</summary>
    public static void Renew(HttpContext context)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        context.Items[Name] = token;
        context.Response.Cookies.Append(Name, token, new CookieOptions
        {
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
        });
    }

    /// <summary>Base64url of a random mask, followed by the token XOR the mask. Both have the token's length.</summary>
    private static string Mask(string token)
    {
        var bytes = Encoding.UTF8.GetBytes(token);
        var mask = RandomNumberGenerator.GetBytes(bytes.Length);
        return Base64Url.EncodeToString([.. mask, .. Xor(bytes, mask)]);
    }

    private static string? Unmasked(string sent)
    {
        if (sent.Length > MaskedLengthMax || !Base64Url.IsValid(sent)) return null;
        var bytes = Base64Url.DecodeFromChars(sent);
        var half = bytes.Length / 2;
        return bytes.Length % 2 == 0 ? Encoding.UTF8.GetString(Xor(bytes[half..], bytes[..half])) : null;
    }

    private static byte[] Xor(byte[] one, byte[] other)
    {
        for (var n = 0; n < one.Length; n++) one[n] ^= other[n];
        return one;
    }

    /// <summary>A request with an Authorization header needs no check: no browser adds it by itself.</summary>
    public static bool HasBearer(HttpRequest request) => request.Headers.Authorization.Count > 0;

    /// <summary>Whether a WebSocket handshake has a token, or the Origin of a page of this site.</summary>
    public static bool IsOwnPage(HttpRequest request) =>
        HasBearer(request) || request.Headers.Origin.Count > 0 && IsFromHere(request);

    /// <summary>Whether the method only reads (RFC 9110, 9.2.1) or opens a WebSocket: CONNECT (RFC 8441).</summary>
    public static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
        || HttpMethods.IsConnect(method);

    /// <summary>A client that sends neither header is no browser, so it carries no other user's cookies.</summary>
    private static bool IsFromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        return request.Headers.Origin.Count == 0 || IsOwn(request.Headers.Origin.ToString(), request);
    }

    /// <summary>The public origin, or the request's own: a client on the same machine needs no proxy.</summary>
    private static bool IsOwn(string origin, HttpRequest request) =>
        origin.Equals(Https.Asked(request), StringComparison.OrdinalIgnoreCase)
        || origin.Equals(Https.Site(request), StringComparison.OrdinalIgnoreCase);

    private static async ValueTask<string?> Sent(HttpContext context)
    {
        var request = context.Request;
        return request.Headers[HeaderName].FirstOrDefault() ?? (request.HasFormContentType
            ? (await request.ReadFormAsync(context.RequestAborted))[Name].FirstOrDefault()
            : null);
    }

    private static bool IsSame(string one, string? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    /// <summary>
    /// Every cookie of that name. An application on the parent domain may have set another one, and they cannot be told
    /// apart, so any of them may match. A site that can set cookies here could replace ours as well; the check of the
    /// Origin stops it.
    /// </summary>
    private static IEnumerable<string> Tokens(HttpRequest request) => request.Headers.Cookie
        .SelectMany(header => header!.Split(';', StringSplitOptions.TrimEntries))
        .Where(cookie => cookie.StartsWith($"{Name}=", StringComparison.Ordinal))
        .Select(cookie => cookie[(Name.Length + 1)..])
        .Where(token => token.Length is >= TokenLengthMin and <= TokenLengthMax);
}
