using System.Text.RegularExpressions;

namespace Pacil.Web.Hosting;

/// <summary>
/// The names of the settings' environment variables. For example, <c>PACIL_PUBLIC_URL</c> sets Settings.PublicUrl.
/// </summary>
internal static partial class SettingNames
{
    public const string Prefix = "PACIL_";

    private static readonly string[] Known =
        [.. typeof(Settings).GetProperties().Where(setting => setting.CanWrite).Select(setting => Of(setting.Name))];

    /// <param name="setting">The name of the property in <see cref="Settings"/>.</param>
    public static string Of(string setting) => "PACIL" + string.Concat(
        setting.Select(letter => char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));

    /// <summary>
    /// Refuses an unknown variable: a misspelled name would have no effect, and nobody would notice it.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The variable is not a setting. The message suggests the most similar name.
    /// </exception>
    public static void Check(string variable)
    {
        if (Known.Contains(variable) || IsNoSetting().IsMatch(variable)) return;
        var nearest = Known.MinBy(known => Distance(known, variable))!;
        var hint = Distance(nearest, variable) <= nearest.Length / 3 ? $" Did you mean {nearest}?" : "";
        throw new InvalidOperationException($"{variable} is no setting.{hint}");
    }

    /// <summary>The Levenshtein distance.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }

    /// <summary>
    /// Matches variables that are not settings: those of tests, and those that Kubernetes sets for services whose names
    /// begin with "pacil".
    /// </summary>
    [GeneratedRegex(
        "^PACIL_(TEST_|DLL$|SERVICE_|PORT)|_SERVICE_(HOST|PORT)|_PORT(_[0-9]+_|$)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex IsNoSetting();
}
