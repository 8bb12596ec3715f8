using System.Diagnostics;
using System.Text.RegularExpressions;
using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests;

/// <summary>Runs the examples of docs/api/clients.md with the real client libraries.</summary>
public sealed partial class ClientTests(Browsing browsing)
{
    [Theory]
    [InlineData("fetch", "3")]
    [InlineData("Axios", "Nut M6 is archived.", "422 invalid")]
    [InlineData("jQuery", "7 box")]
    [InlineData("EventSource", "item_created Washer")]
    [InlineData("WebSocket", "NAME Hello")]
    [InlineData("Long polling", "item_created Spring")]
    public async Task An_example_runs_as_it_stands(string client, params string[] prints)
    {
        var page = await browsing.Window(isTrusting: true);
        var ana = await browsing.SignInOn(page);
        foreach (var library in new[] { "axios/dist/axios.min.js", "jquery/dist/jquery.min.js" })
        {
            var file = Path.Combine(Repository.Root, "node_modules", library);
            Assert.SkipUnless(File.Exists(file), "Run npm ci first, or bin/test.");
            await page.AddScriptTagAsync(new() { Path = file });
        }
        var printed = new List<string>();
        // The browser also writes its own messages to the console, for example about a refused request. Their type is
        // not "log".
        page.Console += (_, message) => { if (message.Type == "log") printed.Add(message.Text); };
        // The later examples use a function that the "fetch" example defines, so the test puts that function in front
        // of them.
        var send = client == "fetch" ? "" : Example("fetch").Split("\n};\n")[0] + "\n};";
        await page.EvaluateAsync($"(async () => {{ {send}\n{Example(client)} }})()");

        var expected = prints.Select(line => line.Replace("NAME", ana.Name)).ToList();
        var watch = Stopwatch.StartNew();
        while (printed.Count < expected.Count && watch.Elapsed < TimeSpan.FromSeconds(10))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        printed.ToList().ShouldBe(expected);
    }

    [Fact]
    public async Task Curl_comes_in_by_a_token()
    {
        await browsing.Window();
        var ana = await browsing.NewPerson();
        var token = (await ana.CreateToken()).GetProperty("token").GetString()!;
        var start = new ProcessStartInfo("bash", ["-c", "shopt -s expand_aliases\n" + Example("curl")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TOKEN"] = token, ["PACIL"] = browsing.Address.ToString().TrimEnd('/') },
        };
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        output.ShouldBe("\"amount\":9\nitem_created\n", errors);
    }

    private static string Example(string client)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs/api/clients.md"));
        var section = text[text.IndexOf($"\n## {client}\n", StringComparison.Ordinal)..];
        return Code().Match(section).Groups["code"].Value;
    }

    [GeneratedRegex("```(js|sh)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
