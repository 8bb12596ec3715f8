using Pacil.Tests.Support;

namespace Pacil.Tests.Chat;

/// <summary>Mentions of a user name in a message, also in languages that put no spaces around a name.</summary>
public sealed class MentionTests
{
    private static int people;

    [Theory, Databases]
    public async Task A_name_is_called_with_and_without_blanks_around_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);

        foreach (var text in new[]
        {
            $"thanks @{budi.Name}", $"谢谢@{budi.Name}", $"@{budi.Name}さん お願い", $"请@{budi.Name}看", $"@{budi.Name}，看看",
            $"＠{budi.Name.ToUpperInvariant()}님", $"ขอบคุณ@{budi.Name}ครับ", $"𠮷@{budi.Name}𠮷", $"(@{budi.Name}.さん)",
            $"@nobodyさんと@{budi.Name}さん",
        })
            (await Called(app, ana, text)).ShouldBe($"[{budi.Id}]", text);
        foreach (var text in new[]
        {
            $"me@{budi.Name}", $"me@{budi.Name}さん", $"2@{budi.Name}", $"@{budi.Name}x",
            $"x.@{budi.Name}", $"é@{budi.Name}",
        })
            (await Called(app, ana, text)).ShouldBe("[]", text);
    }

    [Theory, Databases]
    public async Task Of_names_that_begin_alike_the_longest_is_called(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var n = Interlocked.Increment(ref people);
        var ana = await app.SignIn();
        var (taro, taroSan, dotted) =
            (await app.SignIn($"太郎{n}"), await app.SignIn($"太郎{n}三"), await app.SignIn($"太郎{n}."));
        foreach (var member in new[] { taro, taroSan, dotted }) await ana.Admit(member);

        (await Called(app, ana, $"@{taro.Name}さん")).ShouldBe($"[{taro.Id}]");
        (await Called(app, ana, $"@{taro.Name}、@{taro.Name}三さん")).ShouldBe($"[{taro.Id},{taroSan.Id}]");
        (await Called(app, ana, $"@{taro.Name}三さん")).ShouldBe($"[{taroSan.Id}]");
        (await Called(app, ana, $"@{taro.Name}.")).ShouldBe($"[{dotted.Id}]");
        (await Called(app, ana, $"@{taro.Name}？ {string.Concat(Enumerable.Repeat("@太さんと", 700))}"))
            .ShouldBe($"[{taro.Id}]");
    }

    [Theory, Databases]
    public async Task Whoever_is_called_so_in_a_batch_or_by_an_edit_is_told(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi, citra) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        foreach (var member in new[] { budi, citra }) await ana.Admit(member);

        var answers = await ana.Post("/api/batch", new
        {
            atomic = true,
            requests = new[] { new { method = "POST", path = "/api/rooms/lobby/messages",
                body = new { text = $"请@{budi.Name}看" } } },
        });
        answers.Status.ShouldBe(200, answers.Text);
        var said = answers.Json.GetProperty("responses")[0].GetProperty("body").Number("id");
        (await ana.Patch($"/api/rooms/lobby/messages/{said}", new { text = $"请@{citra.Name}看" })).Status.ShouldBe(200);

        (await app.Entries(ana.Workspace)).Last(entry => entry.Kind == "message_edited").Data
            .ShouldContain($$"""
                "mentions":{"from":[{{budi.Id}}],"to":[{{citra.Id}}]}
                """);
    }

    /// <summary>Posts a message and returns the mentions in its log entry, as JSON.</summary>
    private static async Task<string> Called(TestApp app, Person person, string text)
    {
        await person.Say(text);
        var data = (await app.Entries(person.Workspace)).Last(entry => entry.Kind == "message_posted").Data;
        return System.Text.Json.JsonDocument.Parse(data).RootElement.GetProperty("mentions").GetRawText();
    }
}
