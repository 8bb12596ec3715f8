using System.Collections.Frozen;
using System.Reflection;
using Pacil.Data.Folding;
using Pacil.Identity.Accounts;
using Pacil.Web.Hosting;

namespace Pacil.Identity.Passwords;

/// <summary>
/// The rules for passwords (NIST SP 800-63B, 5.1.1.2). A password must not be short, common, a pattern, or similar to
/// the account's name or address or to the site's name. Guessing programs add digits and punctuation before and after a
/// word, so these rules also compare the password without such characters.
/// </summary>
internal sealed class PasswordRules(Settings settings)
{
    /// <summary>
    /// A common password also forbids every password with the same <see cref="Word"/> if the word has at least this
    /// length. The word "abc" of the common password "abc123123" is too short for this.
    /// </summary>
    private const int CommonLengthMin = 4;

    private const int WordLengthMin = 3;
    private static readonly FrozenSet<string> Common = LoadCommon();

    /// <summary>"pacil", the site's host names, and the parts of the host names except the last part.</summary>
    private readonly string[] siteWords = SiteWords(settings);

    /// <param name="password">The password as <see cref="PasswordHashing.Normal"/> returns it.</param>
    /// <returns>The codes of the broken rules.</returns>
    public List<string> Broken(string password, Account account)
    {
        var broken = new List<string>();
        var word = Word(password);
        var name = account.Email?.Split('@')[0];
        if (password.EnumerateRunes().Count() < AccountRules.PasswordLengthMin) broken.Add("password_too_short");
        if (password.All(char.IsDigit)) broken.Add("password_all_digits");
        else if (IsPattern(password)) broken.Add("password_too_simple");
        if (Common.Contains(password.ToLowerInvariant()) || Common.Contains(word)) broken.Add("password_too_common");
        if (siteWords.Contains(word)) broken.Add("password_like_site");
        if (Resembles(password, account.Username)) broken.Add("password_like_username");
        if (name is not null && Resembles(password, name)) broken.Add("password_like_email");
        return broken;
    }

    /// <summary>The text from its first to its last letter, as <see cref="TextFolding.Key"/> folds it.</summary>
    private static string Word(string text)
    {
        var key = TextFolding.Key(text);
        var (from, to) = (0, key.Length);
        while (from < to && !char.IsLetter(key[from])) from++;
        while (to > from && !char.IsLetter(key[to - 1])) to--;
        return key[from..to];
    }

    /// <summary>
    /// Whether the password has only one or two different characters, or at most half as many runs as characters. A run
    /// is a sequence such as "aaa", "abc" or "cba", or a single character. "12345678a" has two runs, "blue-otter-42"
    /// has twelve.
    /// </summary>
    private static bool IsPattern(string password)
    {
        if (password.Distinct().Count() <= 2) return true;
        var (runs, step) = (1, (int?)null);
        for (var at = 1; at < password.Length; at++)
        {
            var next = password[at] - password[at - 1];
            var goesOn = next is >= -1 and <= 1 && (step is null || step == next);
            if (!goesOn) runs++;
            step = goesOn ? next : null;
        }
        return runs * 2 <= password.Length;
    }

    /// <summary>
    /// Whether one text contains the other and is at most twice as long, whether at most 30 % of the characters differ,
    /// or whether the texts are equal without digits and punctuation at their start and end.
    /// </summary>
    private static bool Resembles(string password, string name)
    {
        var word = Word(name);
        if (word.Length >= WordLengthMin && word == Word(password)) return true;
        var (longer, shorter) = (TextFolding.Key(password), TextFolding.Key(name));
        if (longer.Length < shorter.Length) (longer, shorter) = (shorter, longer);
        if (shorter.Length < WordLengthMin) return false;
        return longer.Contains(shorter, StringComparison.Ordinal) && shorter.Length * 2 >= longer.Length
            || Distance(longer, shorter) * 10 <= longer.Length * 3;
    }

    /// <summary>Levenshtein distance (1965).</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        foreach (var letter in a)
        {
            var current = new int[b.Length + 1];
            current[0] = previous[0] + 1;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(
                    Math.Min(previous[j], current[j - 1]) + 1,
                    previous[j - 1] + (letter == b[j - 1] ? 0 : 1));
            previous = current;
        }
        return previous[^1];
    }

    private static string[] SiteWords(Settings settings)
    {
        var hosts = Settings.Split(settings.Hosts)
            .Append(settings.PublicUrl is { } url ? new Uri(url).Host : "");
        return
        [
            "pacil",
            .. hosts.SelectMany(host => host.Split('.')[..^1].Append(host)).Select(Word)
                .Where(word => word.Length >= WordLengthMin),
        ];
    }

    private static FrozenSet<string> LoadCommon()
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!);
        var listed = reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
        return listed.Concat(listed.Select(Word).Where(word => word.Length >= CommonLengthMin)).ToFrozenSet();
    }
}
