using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Pacil.Identity.Sessions;

/// <summary>
/// The secret that authenticates a request: a session's key from the cookie, or a program's token from the
/// Authorization header. It has 256 random bits. The database stores only its hash, so a stolen database gives no
/// access.
/// </summary>
internal readonly record struct AccessKey(string Text, bool IsToken)
{
    private const int RandomBytes = 32;

    public static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(RandomBytes));

    public byte[] Hash() => Hash(Text);

    /// <summary>
    /// The form in which the database stores a secret: a key, a token, or the secret of an invitation or sign-in link.
    /// </summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
