using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests;

public sealed class AjaxTests(Browsing browsing)
{
    [Fact]
    public async Task A_lost_answer_and_a_busy_server_are_tried_again_and_nothing_is_done_twice()
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        var bolt = await ana.CreateItem("Bolt", 5);
        await page.ReloadAsync();
        var sent = 0;
        var third = new TaskCompletionSource();
        await page.RouteAsync("**/movements", async route =>
        {
            switch (++sent)
            {
                case 1:
                    await route.FulfillAsync(new()
                    {
                        Status = 503,
                        ContentType = "application/problem+json",
                        Body = """{"status":503,"code":"unavailable","detail":"Busy"}""",
                    });
                    break;
                case 2:
                    // The server executes the request, but the browser receives no response.
                    await route.FetchAsync();
                    await route.AbortAsync();
                    break;
                default:
                    await route.ContinueAsync();
                    third.SetResult();
                    break;
            }
        });

        await page.Press("Take one");
        await Expect(page.Locator("[data-amount]").First).ToHaveTextAsync("4");
        await third.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await Expect(page.Locator("tr.pending")).ToHaveCountAsync(0);
        (await ana.Item(bolt)).GetProperty("amount").GetInt64().ShouldBe(4);
    }

    [Fact]
    public async Task An_upload_says_how_far_it_is_and_is_answered_as_any_request()
    {
        var page = await browsing.SignedIn();
        await page.AtOwnPage();
        var progress = await page.EvaluateAsync<double[]>(
            """
            async () => {
              const { put } = await import("/js/ajax.js");
              const seen = [];
              await put("/api/drafts/large", { text: "x".repeat(60_000) },
                { key: null, onProgress: (...bytes) => seen.push(bytes) });
              const error = await put("/api/drafts/larger", { text: "x".repeat(70_000) }, { onProgress() {} })
                .catch((error) => error);
              return [...seen.at(-1), error.status];
            }
            """);
        progress[0].ShouldBe(progress[1]);
        progress[0].ShouldBeGreaterThan(60_000);
        progress[2].ShouldBe(413);
    }

    [Fact]
    public async Task What_does_not_pass_is_said_at_once_and_equal_questions_are_asked_once()
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        await ana.CreateItem("Bolt", 0);
        await page.ReloadAsync();
        var sent = 0;
        var asked = "/movements";
        page.Request += (_, request) => sent += request.Url.EndsWith(asked) ? 1 : 0;
        await page.Press("Take one");
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        sent.ShouldBe(1);

        await page.AtOwnPage();
        (sent, asked) = (0, "/api/me");
        var names = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const { get } = await import("/js/ajax.js");
              return (await Promise.all([get("/api/me"), get("/api/me"), get("/api/me")]))
                .map(({ username }) => username);
            }
            """);
        names.ShouldBe([ana.Name, ana.Name, ana.Name]);
        sent.ShouldBe(1);
    }
}
