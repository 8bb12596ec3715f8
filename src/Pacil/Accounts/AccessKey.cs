using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Pacil.Accounts;

/// <summary>
/// What a request shows to be let in: a session's key from its cookie, or a program's token from its header. Random,
/// of 256 bits; the database holds its hash only, so a stolen database opens nothing.
/// </summary>
internal readonly record struct AccessKey(string Text, bool IsToken)
{
    private const int RandomBytes = 32;

    public static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(RandomBytes));

    public byte[] Hash() => Hash(Text);

    /// <summary>What is kept of a secret, here and of the links that let somebody in.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
