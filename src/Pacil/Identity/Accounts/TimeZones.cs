using System.Text.RegularExpressions;

namespace Pacil.Identity.Accounts;

/// <summary>
/// Time zones by their IANA names, including old names such as <c>Europe/Kiev</c>. .NET caches every spelling that
/// leads to a file of the zone database, even <c>Europe//Paris</c>. Other spellings than IANA's are refused before .NET
/// looks them up, so that the cache cannot grow larger than the zone database.
/// </summary>
internal static partial class TimeZones
{
    public const int NameLengthMax = 64;

    public static IReadOnlyList<string> Names { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Order(StringComparer.Ordinal)];

    /// <summary>Null unless a zone has exactly this name.</summary>
    public static TimeZoneInfo? Find(string name) =>
        name.Length <= NameLengthMax && Name().IsMatch(name)
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.Id == name ? zone : null;

    /// <summary>
    /// Matches up to three parts. Excludes "posix" and "right", which are copies of the whole zone database.
    /// </summary>
    [GeneratedRegex(@"^(?!posix/|right/)[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Name();
}
