using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pacil.Tests.Support;
using Pacil.Web.Language;

namespace Pacil.Tests.Golden;

/// <summary>For each problem code, the problem response in both languages.</summary>
public sealed partial class ProblemGoldenTests
{
    private const string File = "problems.json";

    /// <summary>Not a problem code: <c>problem.home</c> is the key of a button's text.</summary>
    private const string NoCode = "home";

    [Theory, Databases]
    public async Task Problems_are_as_the_golden_file_has_them(TestDatabase database)
    {
        var worlds = await Task.WhenAll(Culture.Languages.Select(language => Provoke(database, language)));
        var (english, indonesian) = (worlds[0], worlds[1]);
        indonesian.Keys.ShouldBe(english.Keys);
        var golden = new JsonObject();
        foreach (var (code, answer) in english)
        {
            answer.Body["code"]!.GetValue<string>().ShouldBe(code);
            var told = indonesian[code].Body;
            golden[code] = new JsonObject
            {
                ["headers"] = answer.Headers,
                ["en"] = answer.Body,
                ["id"] = new JsonObject(told.Where(member => member.Key is "title" or "detail" or "errors")
                    .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))),
            };
            JsonNode.DeepEquals(told["status"], answer.Body["status"]).ShouldBeTrue(code);
        }
        GoldenFile.ShouldMatch(File, golden);
    }

    [Fact]
    public void Every_code_is_in_the_golden_file()
    {
        var worded = Texts.In("en").Keys.Where(key => key.StartsWith("problem."))
            .Select(key => key["problem.".Length..]).Where(code => code != NoCode).ToList();
        var written = Repository.Files("src/Pacil", "cs").SelectMany(file => Code().Matches(file.Text))
            .Select(match => match.Groups["code"].Value).ToHashSet();
        written.Count.ShouldBeGreaterThan(40);

        var golden = GoldenFile.Read(File).AsObject().Select(problem => problem.Key).ToList();
        worded.Union(written).Except(golden).ShouldBeEmpty();
        golden.Except(worded).ShouldBe(["invalid"], "its words are its fields'");
    }

    private static async Task<SortedDictionary<string, ProblemAnswer>> Provoke(TestDatabase database, string language)
    {
        var world = await ProblemWorld.Make(database, language);
        await using var app = world.App;
        var answers = new SortedDictionary<string, ProblemAnswer>(StringComparer.Ordinal);
        foreach (var (code, provoke) in ProblemsOfRequests.All.Concat(ProblemsOfTheInventory.All)
            .Concat(ProblemsOfPeople.All))
        {
            var reply = await provoke(world);
            reply.Status.ShouldBeGreaterThanOrEqualTo(400, $"{code}: {reply.Text}");
            reply.ContentType.ShouldBe("application/problem+json", $"{code}: {reply.Text}");
            answers.Add(code, ProblemAnswer.Of(reply));
        }
        foreach (var (code, provoke) in ProblemsOfRequests.Parts)
        {
            var (responses, part) = await provoke(world);
            answers.Add(code, ProblemAnswer.Part(responses, part));
        }
        foreach (var (problem, _) in ProblemsNotProvoked.All)
            answers.Add(problem.Code, await ProblemsNotProvoked.Answer(problem, app, language));
        return answers;
    }

    [GeneratedRegex(@"StatusCodes\.Status\w+,\s*(lost\.IsInDoubt \? )?""(?<code>[a-z_]+)""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
