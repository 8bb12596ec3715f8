using System.Globalization;
using static Pacil.Web.Language.Texts;

namespace Pacil.Web.Language;

/// <summary>Formats times for users, in their time zone and language.</summary>
internal static class DisplayTime
{
    /// <summary>Examples: now · 2 min ago · 08:14 · yesterday · 3 Nov · 3 Nov 2025.</summary>
    public static string Ago(DateTime utc, DateTime now, TimeZoneInfo zone)
    {
        var age = now - utc;
        if (age < TimeSpan.FromMinutes(1)) return T("time.now");
        if (age < TimeSpan.FromHours(1)) return T("time.minutes_ago", (int)age.TotalMinutes);
        var (then, today) = (TimeZoneInfo.ConvertTimeFromUtc(utc, zone), TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        return (today.Date - then.Date).Days switch
        {
            0 => then.ToString("HH:mm", CultureInfo.CurrentCulture),
            1 => T("time.yesterday"),
            _ => Day(then, today),
        };
    }

    /// <summary>Examples: today 08:14 · yesterday 08:14 · 3 Nov 08:14.</summary>
    public static string At(DateTime utc, DateTime now, TimeZoneInfo zone)
    {
        var (then, today) = (TimeZoneInfo.ConvertTimeFromUtc(utc, zone), TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        var day = (today.Date - then.Date).Days switch
        {
            0 => T("time.today"),
            1 => T("time.yesterday"),
            _ => Day(then, today),
        };
        return $"{day} {then.ToString("HH:mm", CultureInfo.CurrentCulture)}";
    }

    private static string Day(DateTime then, DateTime today) =>
        then.ToString(then.Year == today.Year ? "d MMM" : "d MMM yyyy", CultureInfo.CurrentCulture);
}
