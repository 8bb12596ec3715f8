using System.Security.Cryptography;
using System.Text;
using Pacil.Identity.Accounts;
using Pacil.Web.RateLimits;

namespace Pacil.Identity.Sessions;

/// <summary>The keys of the counters that <see cref="Lockout"/> keeps for an attempt to sign in.</summary>
internal sealed record SignInAttempt
{
    private const int PartBytes = 16;

    /// <summary>
    /// The key of the counter for one name and one known device or, for a stranger, for one name and one subnet. A name
    /// without an account has counters, too, so that the response does not reveal whether the account exists.
    /// </summary>
    public required byte[] ByName { get; init; }

    /// <summary>The key of the counter for the IP address; null for a known device.</summary>
    public required byte[]? ByAddress { get; init; }

    public static SignInAttempt Of(HttpContext context, string name, Device? device) => new()
    {
        ByName =
        [
            .. NamePart(name),
            .. Hash(device is null ? $"{Peer.Network(context)}" : $"device:{device.Id}").AsSpan(0, PartBytes),
        ],
        ByAddress = device is null ? Hash($"address:{Peer.Address(context)}") : null,
    };

    /// <summary>The range of all possible <see cref="ByName"/> keys of a name.</summary>
    public static (byte[] From, byte[] To) Named(string name)
    {
        var part = NamePart(name);
        return ([.. part, .. new byte[PartBytes]], [.. part, .. Enumerable.Repeat(byte.MaxValue, PartBytes)]);
    }

    private static byte[] NamePart(string name) => Hash($"name:{Account.Key(name)}")[..PartBytes];

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
