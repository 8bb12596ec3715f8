using System.Net;
using System.Reflection;

namespace Pacil.Web.Hosting;

/// <summary>
/// Checks <see cref="Settings"/> at the start of the program, so that the error message names the wrong setting.
/// </summary>
internal static class SettingRules
{
    private const int PasswordRoundsMin = 100_000;

    private static readonly PropertyInfo[] Numbers =
        [.. typeof(Settings).GetProperties().Where(property => property.PropertyType == typeof(int))];

    /// <exception cref="InvalidOperationException">
    /// A rule is broken. The message describes the first broken rule in one sentence.
    /// </exception>
    public static void Check(Settings settings)
    {
        foreach (var number in Numbers)
            if ((int)number.GetValue(settings)! < 1) throw Broken($"{SettingNames.Of(number.Name)} must be 1 at least");
        if (settings.PasswordRounds < PasswordRoundsMin)
            throw Broken($"PACIL_PASSWORD_ROUNDS must be {PasswordRoundsMin} at least");
        if (settings.Limits is not ("on" or "off"))
            throw Broken($"--limits is on or off, and not {settings.Limits}");
        if (settings.DatabaseDirect is not null && settings.Database is null)
            throw Broken("--database-direct is of no use without --database");
        if (settings.Certificate is null != settings.Key is null)
            throw Broken("--certificate and --key belong together");
        foreach (var url in Settings.Split(settings.Urls))
            if (!IsAddress(url))
                throw Broken($"--urls: {url} is no address to listen at, such as http://127.0.0.1:5080");
        if (settings.PublicUrl is { } site && !IsSite(site))
            throw Broken($"--public-url: {site} is no address of a site, such as https://shelf.example");
        foreach (var origin in Settings.Split(settings.CorsOrigins))
            if (origin != "*" && !IsOrigin(origin))
                throw Broken($"PACIL_CORS_ORIGINS: {origin} is no site, such as https://tools.example");
        var proxies = Settings.Split(settings.TrustedProxies);
        if (proxies.Length > 1 && proxies.Contains(Https.NoProxy))
            throw Broken($"PACIL_TRUSTED_PROXIES: {Https.NoProxy} stands alone");
        foreach (var proxy in proxies)
            if (proxy != Https.NoProxy && !IsNetwork(proxy))
                throw Broken($"PACIL_TRUSTED_PROXIES: {proxy} is no address or network, such as 10.0.0.0/8");
    }

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url).Port is >= 0 and <= IPEndPoint.MaxPort;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsSite(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var site) && site.Scheme is "http" or "https";

    private static bool IsOrigin(string origin) =>
        IsSite(origin) && new Uri(origin).GetLeftPart(UriPartial.Authority) == origin;

    private static bool IsNetwork(string proxy) =>
        IPAddress.TryParse(proxy, out _) || System.Net.IPNetwork.TryParse(proxy, out _);

    private static InvalidOperationException Broken(string sentence) => new($"{sentence}.");
}
