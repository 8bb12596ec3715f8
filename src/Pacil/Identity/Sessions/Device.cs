using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Pacil.Data;
using Pacil.Identity.Accounts;

namespace Pacil.Identity.Sessions;

/// <summary>
/// A known device: a browser in which somebody has signed in to the account before. Its cookie contains the account's
/// id and the browser's id, signed with the account's security stamp. So the server stores nothing, and a new password
/// makes the cookie invalid.
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

    /// <summary>Sets the cookie. A browser that is already known for the account keeps its id.</summary>
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

    /// <summary>Parses the cookie without checking its signature.</summary>
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
