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

    public byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(Text));
}
