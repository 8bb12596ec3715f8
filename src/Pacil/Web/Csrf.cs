using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Pacil.Web.Forms;
using Pacil.Web.Hosting;

namespace Pacil.Web;

/// <summary>
/// Prevents cross-site request forgery. An unsafe request without an Authorization header must come from this site,
/// according to its Sec-Fetch-Site or Origin header. It must also repeat the value of cookie <c>csrftoken</c>, which
/// other sites cannot read, in header <c>X-CSRFToken</c> or form field <c>csrftoken</c>, either plain or masked. The
/// framework's own antiforgery check would not cover JSON and DELETE requests.
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
    /// Runs after authorization, so that a request without a session is asked to sign in and not refused with 403. The
    /// framework's own endpoints, such as its 405 response, change nothing and are not checked.
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

    /// <summary>False if the headers alone are enough to refuse the request, so its body need not be read.</summary>
    public static bool MayPass(HttpRequest request) =>
        HasBearer(request) || (IsFromHere(request) && Tokens(request).Any());

    /// <summary>Sets the CSRF cookie if the request does not contain it.</summary>
    public static void Ensure(HttpContext context)
    {
        if (context.Items[Name] is null && !Tokens(context.Request).Any()) Renew(context);
    }

    /// <summary>
    /// The masked token for forms. Sets the cookie if the browser has none. Every response uses another random mask;
    /// otherwise an attacker could guess the token from the compressed lengths of many responses.
    /// </summary>
    public static string Masked(HttpContext context)
    {
        if (context.Items[MaskedKey] is string made) return made;
        Ensure(context);
        var masked = Mask(context.Items[Name] as string ?? Tokens(context.Request).First());
        context.Items[MaskedKey] = masked;
        return masked;
    }

    /// <summary>Sets a new token. After sign-in and sign-out, requests with the old token are refused.</summary>
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

    /// <summary>Base64url of a random mask as long as the token, followed by the token XOR the mask.</summary>
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

    /// <summary>Whether the request needs no check: a browser never adds an Authorization header by itself.</summary>
    public static bool HasBearer(HttpRequest request) => request.Headers.Authorization.Count > 0;

    /// <summary>Whether a WebSocket handshake has an Authorization header or the Origin of this site.</summary>
    public static bool IsOwnPage(HttpRequest request) =>
        HasBearer(request) || request.Headers.Origin.Count > 0 && IsFromHere(request);

    /// <summary>Whether the method only reads (RFC 9110, 9.2.1), or is CONNECT of a WebSocket (RFC 8441).</summary>
    public static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
        || HttpMethods.IsConnect(method);

    /// <summary>Requests without Sec-Fetch-Site and Origin, from programs and old browsers, pass this check.</summary>
    private static bool IsFromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        return request.Headers.Origin.Count == 0 || IsOwn(request.Headers.Origin.ToString(), request);
    }

    /// <summary>Accepts the public URL and the request's own host: a local client may bypass the proxy.</summary>
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
    /// The values of all cookies named csrftoken. Another application on the parent domain may have set a second cookie
    /// of this name. The server cannot tell which cookie is its own, so it accepts each value. An attacker who can set
    /// cookies here could also replace our cookie, but fails at the check of Sec-Fetch-Site and Origin.
    /// </summary>
    private static IEnumerable<string> Tokens(HttpRequest request) => request.Headers.Cookie
        .SelectMany(header => header!.Split(';', StringSplitOptions.TrimEntries))
        .Where(cookie => cookie.StartsWith($"{Name}=", StringComparison.Ordinal))
        .Select(cookie => cookie[(Name.Length + 1)..])
        .Where(token => token.Length is >= TokenLengthMin and <= TokenLengthMax);
}
