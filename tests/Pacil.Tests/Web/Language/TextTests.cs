using System.Globalization;
using System.Text.RegularExpressions;
using Pacil.Tests.Support;
using Pacil.Web.Language;

namespace Pacil.Tests.Web.Language;

/// <summary>Every page text exists in both languages, and no page text is unused.</summary>
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

        // The code composes keys from these prefixes at run time: "problem." + code, "error." + rule, "field." + name,
        // "status." + status. The browser scripts compose "js.feed." + the state of the connection or the verb of a
        // movement.
        string[] composed =
        [
            "problem.", "error.", "field.", "status.", "reason.", "role.", "js.feed.live", "js.feed.reconnecting",
            "js.feed.offline",
            "js.feed.took", "js.feed.received", "js.feed.counted",
            // "notifications.role." + a role; "notifications.choice." + a kind of notification that can be switched
            // off.
            "notifications.role.", "notifications.choice.",
            // "js.outbox.do_" + the kind of an operation in the outbox.
            "js.outbox.do_",
            // "js.bulk." + a kind of bulk change or the reason for its refusal; "bulk.choice." + a kind of bulk change.
            "js.bulk.", "bulk.choice.",
            // The first three prefixes + the kind of a log entry; "admin.registration." + the registration setting.
            "activity.kind.", "js.activity.", "admin.log.", "admin.registration.",
            // Each of these prefixes + "one" for one person or "many" for several people.
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
