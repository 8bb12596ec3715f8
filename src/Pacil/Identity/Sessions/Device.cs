using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Pacil.Data;
using Pacil.Identity.Accounts;

namespace Pacil.Identity.Sessions;

/// <summary>
/// A browser in which somebody has signed in to an account before. Its cookie names the account and the browser. The
/// cookie is signed with the account's security stamp, so a new password ends it and the server stores nothing.
/// </summary>
internal sealed record Device(long Account, string Id)
{
    private const int IdBytes = 16;
    private const int CookieLengthMax = 128;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    public static string CookieName(HttpContext context) => $"{SessionCookie.OwnName(context)}-device";

    /// <summary>Null if the browser is not known for this account.</summary>
    public static Device? Of(HttpRequest request, Account? account) =>
        account is not null && Read(request) is var (device, signature) && device.Account == account.Id
            && CryptographicOperations.FixedTimeEquals(signature, device.Sign(account))
            ? device
            : null;

    /// <summary>Whether the browser is known for any account.</summary>
    public static async ValueTask<bool> IsKnown(HttpContext context, Database database) =>
        Read(context.Request) is var (device, _)
        && await database.Read(
            connection => AccountStore.Find(connection, device.Account), context.RequestAborted) is { } account
        && Of(context.Request, account) is not null;

    /// <summary>Makes the browser known. A browser that is known already keeps its id.</summary>
    public static void Give(HttpContext context, Account account)
    {
        var device = Of(context.Request, account)
            ?? new Device(account.Id, WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(IdBytes)));
        context.Response.Cookies.Append(
            CookieName(context), $"{device.Text}.{WebEncoders.Base64UrlEncode(device.Sign(account))}",
            SessionCookie.Options(context.Response, Lifetime));
    }

    public static void Take(HttpResponse response) => response.Cookies.Delete(
        CookieName(response.HttpContext), SessionCookie.Options(response, TimeSpan.Zero));

    private string Text => string.Create(CultureInfo.InvariantCulture, $"{Account}.{Id}");

    private byte[] Sign(Account account) => HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(account.SecurityStamp), Encoding.UTF8.GetBytes($"device:{Text}"));

    /// <summary>The signature is not checked yet.</summary>
    private static (Device Device, byte[] Signature)? Read(HttpRequest request)
    {
        if (request.Cookies[CookieName(request.HttpContext)] is not { Length: > 0 and <= CookieLengthMax } text)
            return null;
        if (text.Split('.') is not [var account, { Length: > 0 } id, var signature]
            || !long.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        try
        {
            return (new Device(number, id), WebEncoders.Base64UrlDecode(signature));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
