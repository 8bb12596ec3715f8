using System.Text.RegularExpressions;

namespace Pacil.Accounts;

/// <summary>
/// Time zones by their IANA names, old names such as <c>Europe/Kiev</c> included. .NET keeps every spelling that leads
/// to a file of the zone database, <c>Europe//Paris</c> too. Only names as IANA writes them get that far, so no more
/// are kept than the database has.
/// </summary>
internal static partial class TimeZones
{
    public const int NameLengthMax = 64;

    /// <summary>The names offered for choice.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Order(StringComparer.Ordinal)];

    /// <summary>Null where no zone has exactly that name.</summary>
    public static TimeZoneInfo? Find(string name) =>
        name.Length <= NameLengthMax && Name().IsMatch(name)
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.Id == name ? zone : null;

    /// <summary>Up to three words. "posix" and "right" are folders with the whole database once more.</summary>
    [GeneratedRegex(@"^(?!posix/|right/)[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Name();
}
