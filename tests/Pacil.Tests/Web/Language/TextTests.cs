using System.Globalization;
using System.Text.RegularExpressions;
using Pacil.Tests.Support;
using Pacil.Web.Language;

namespace Pacil.Tests.Web.Language;

/// <summary>Every text exists in both languages, and no text is unused.</summary>
public sealed partial class TextTests
{
    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_places_for_values()
    {
        var (english, indonesian) = (In("en"), In("id"));
        english.Count.ShouldBeGreaterThan(100);
        indonesian.Keys.Order().ShouldBe(english.Keys.Order());
        foreach (var (key, text) in english)
            Places().Matches(indonesian[key]).Select(place => place.Value).Order()
                .ShouldBe(Places().Matches(text).Select(place => place.Value).Order(), key);
    }

    [Fact]
    public void Every_text_asked_for_exists_and_every_text_is_asked_for()
    {
        var known = In("en");
        var source = string.Join('\n', Repository.Files("src/Pacil", "cs", "cshtml", "js").Select(file => file.Text));
        var subjects = known.Keys.Select(key => key.Split('.')[0])
            .Where(subject => subject is not "reason" and not "field").ToHashSet();
        var asked = Asked().Matches(source).Select(match => match.Groups["key"].Value)
            .Where(key => subjects.Contains(key.Split('.')[0])).ToHashSet();
        asked.Count.ShouldBeGreaterThan(50);
        asked.Where(key => !known.ContainsKey(key)).ShouldBeEmpty();

        // Prefixes of keys that are composed at run time: "problem." + code, "error." + rule, "field." + name,
        // "status." + status; in the scripts "js.feed." + the connection's state, or the verb of a movement.
        string[] composed =
        [
            "problem.", "error.", "field.", "status.", "reason.", "role.", "js.feed.live", "js.feed.reconnecting",
            "js.feed.offline",
            "js.feed.took", "js.feed.received", "js.feed.counted",
            // A granted role; a kind of notification that can be switched off.
            "notifications.role.", "notifications.choice.",
            // An operation in the outbox, by kind.
            "js.outbox.do_",
            // Why one item of a bulk change is refused, by code.
            "js.bulk.", "bulk.choice.",
            // An entry, by kind.
            "activity.kind.", "js.activity.", "admin.log.", "admin.registration.",
            // Sentences about one person or several.
            "js.presence.editing_", "js.presence.typing_",
        ];
        known.Keys.Where(key => !composed.Any(key.StartsWith) && !asked.Contains(key)).ShouldBeEmpty();
        foreach (var key in known.Keys.Where(key => key.StartsWith("problem.") || key.StartsWith("error.")))
            source.ShouldContain(key.Split('.')[1]);
    }

    private static IReadOnlyDictionary<string, string> In(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        return Texts.All;
    }

    [GeneratedRegex(@"\{\d\}", RegexOptions.NonBacktracking)]
    private static partial Regex Places();

    [GeneratedRegex(
        """["'](?<key>[a-z]+\.[a-z_.]+)["']""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Asked();
}
