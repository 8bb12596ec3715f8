using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Pacil.Identity.Sessions;

/// <summary>
/// The secret that authenticates a request: a session's key from its cookie, or a program's token from its header. It
/// has 256 random bits. The database stores only the hash, so a stolen database opens nothing.
/// </summary>
internal readonly record struct AccessKey(string Text, bool IsToken)
{
    private const int RandomBytes = 32;

    public static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(RandomBytes));

    public byte[] Hash() => Hash(Text);

    /// <summary>The stored form of a secret, also used for invitations and sign-in links.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
