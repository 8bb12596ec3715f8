using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests;

public sealed class PeopleTests(Browsing browsing)
{
    private static int people;

    [Theory, InlineData(true), InlineData(false)]
    public async Task Somebody_is_added_comes_in_by_the_link_is_locked_and_goes(bool scripts)
    {
        var (page, name) = (await browsing.Window(scripts), NewName());
        await browsing.SignInOn(page, isAdministrator: true);
        await page.GetByRole(AriaRole.Link, new() { Name = "People", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "People", Exact = true })).ToBeVisibleAsync();
        await page.GetByLabel("User name").FillAsync(name);
        await page.Press("Add person");
        await Expect(page.GetByLabel("The sign-in link.")).Not.ToHaveValueAsync("");
        var link = await page.GetByLabel("The sign-in link.").InputValueAsync();
        if (scripts) await Expect(page.GetByLabel("The sign-in link.")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("User name")).ToHaveValueAsync("");
        await Expect(page.Row(name)).ToHaveCountAsync(1);
        await Expect(page.Locator("#admin-log")).ToContainTextAsync($"added {name}");

        var theirs = await browsing.Window(scripts);
        await ComeIn(theirs, link);

        await page.GotoAsync("/admin");
        await page.GetByRole(AriaRole.Searchbox).FillAsync(name.ToUpperInvariant());
        if (!scripts) await page.Press("Search");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await page.GetByLabel("E-mail").FillAsync($"{name}@example.org");
        await page.Press("Save");
        await Expect(page.GetByText("The change was saved.")).ToBeVisibleAsync();
        await page.Press("Lock");
        await Expect(page.GetByText($"locked the account of {name}")).ToBeVisibleAsync();
        await Expect(Button(page, "Unlock")).ToBeVisibleAsync();
        if (scripts) await Expect(Button(page, "Unlock")).ToBeFocusedAsync();
        await theirs.GotoAsync("/settings");
        await theirs.Arrives("/login?next=%2Fsettings");

        await page.GetByRole(AriaRole.Link, new() { Name = "Delete account" }).ClickAsync();
        await page.Press("Delete account");
        await page.Arrives("/admin");
        await page.GetByRole(AriaRole.Searchbox).FillAsync(name);
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Expect(page.GetByText("No people found.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await Expect(page.GetByText("No people found.")).ToHaveCountAsync(0);
    }

    /// <summary>
    /// Starts a server of its own, because each new account on the page's server cancels what the page is fetching.
    /// </summary>
    [Fact]
    public async Task What_is_fetched_for_the_list_from_before_does_not_replace_what_is_found()
    {
        var folder = Directory.CreateTempSubdirectory("pacil-people-").FullName;
        await using (var pacil = await PacilProcess.Start(folder, "--limits", "off"))
        {
            var (page, ana) = (await browsing.Window(address: pacil.Address), await pacil.SignIn("ana"));
            await browsing.SignInOn(page, ana);
            await page.GotoAsync("/admin");
            await page.Live();
            await page.RouteAsync("**/admin?limit=*", async route =>
            {
                await Task.Delay(1500);
                await route.ContinueAsync();
            });
            var fetched = page.WaitForResponseAsync(response => response.Url.Contains("/admin?limit="));
            await Task.WhenAll(
                page.WaitForRequestAsync(request => request.Url.Contains("/admin?limit=")),
                ana.Post("/api/users", new { username = "budi" }));
            await page.GetByRole(AriaRole.Searchbox).FillAsync("nobody at all");
            await Expect(page.GetByText("No people found.")).ToBeVisibleAsync();
            await fetched;
            await Task.Delay(300, TestContext.Current.CancellationToken);
            await Expect(page.GetByText("No people found.")).ToBeVisibleAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Starts a server of its own, because the test closes registration.</summary>
    [Fact]
    public async Task The_other_buttons_do_what_they_say_and_leave_one_where_one_is()
    {
        var folder = Directory.CreateTempSubdirectory("pacil-people-").FullName;
        await using (var pacil = await PacilProcess.Start(folder, "--limits", "off"))
        {
            var page = await browsing.Window(address: pacil.Address);
            var (ana, budi) = (await pacil.SignIn("ana"), await pacil.SignIn("budi"));
            await browsing.SignInOn(page, ana);
            await page.GotoAsync($"/admin/people/{budi.Id}");
            var loads = page.CountLoads();
            await page.Press("Make administrator");
            await Expect(page.GetByText("ana made budi an administrator")).ToBeVisibleAsync();
            await Expect(Button(page, "Remove administrator rights")).ToBeFocusedAsync();
            (await budi.Get("/api/users")).Status.ShouldBe(200);
            await page.Press("Remove administrator rights");
            await Expect(page.GetByText("ana removed administrator rights from budi")).ToBeVisibleAsync();
            await Expect(Button(page, "Make administrator")).ToBeFocusedAsync();
            (await budi.Get("/api/users")).Status.ShouldBe(403);

            await page.Press("Sign out everywhere");
            await Expect(page.GetByText("All sessions and tokens have ended.")).ToBeVisibleAsync();
            await Expect(page.GetByText("ana ended all sessions of budi")).ToBeVisibleAsync();
            (await budi.Get("/api/me")).Status.ShouldBe(401);
            await page.Press("Create a sign-in link");
            await Expect(page.GetByText("ana created a sign-in link for budi")).ToBeVisibleAsync();
            await Expect(page.GetByLabel("The sign-in link.")).Not.ToHaveValueAsync("");
            loads().ShouldBe(0);

            await page.GotoAsync("/admin");
            await page.GetByLabel("Who may register").SelectOptionAsync("closed");
            await page.Press("Save");
            await Expect(page.GetByText("The registration setting was saved.")).ToBeVisibleAsync();
            await Expect(page.Locator("#admin-log")).ToContainTextAsync("ana changed who may register");
            (await ana.Post("/api/register", new { username = "citra", password = TestApp.Password }))
                .Status.ShouldBe(403);
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Starts a server of its own, so that the list of people is short.</summary>
    [Fact]
    public async Task What_another_administrator_does_is_seen_at_once_and_takes_nothing_away()
    {
        var folder = Directory.CreateTempSubdirectory("pacil-people-").FullName;
        await using (var pacil = await PacilProcess.Start(folder, "--limits", "off"))
        {
            var (ana, budi, dewi) = (await pacil.SignIn("ana"), await pacil.SignIn("budi"), await pacil.SignIn("dewi"));
            await ana.Patch($"/api/users/{budi.Id}", new { administrator = true });
            var (list, one) =
                (await browsing.Window(address: pacil.Address), await browsing.Window(address: pacil.Address));
            await browsing.SignInOn(list, budi);
            await browsing.SignInOn(one, budi);
            await list.GotoAsync("/admin");
            await one.GotoAsync($"/admin/people/{dewi.Id}");
            await Task.WhenAll(list.Live(), one.Live());
            var (reloads, loads) = (list.CountLoads(), one.CountLoads());
            await list.GetByRole(AriaRole.Link, new() { Name = "dewi" }).FocusAsync();
            await one.GetByLabel("E-mail").FillAsync("dewi@example.org");
            await one.GetByLabel("E-mail").EvaluateAsync("field => { field.isThisOne = true; }");

            await ana.Post("/api/users", new { username = "citra" });
            await ana.Patch($"/api/users/{dewi.Id}", new { locked = true });
            await Expect(list.Rows().Locator("a")).ToHaveTextAsync(["ana", "budi", "citra", "dewi"]);
            await Expect(list.Row("dewi").GetByText("locked")).ToBeVisibleAsync();
            await Expect(list.GetByRole(AriaRole.Link, new() { Name = "dewi" })).ToBeFocusedAsync();
            await Expect(Button(one, "Unlock")).ToBeVisibleAsync();
            await Expect(one.GetByLabel("E-mail")).ToHaveValueAsync("dewi@example.org");
            await one.Press("Save");
            await Expect(one.GetByText("The change was saved.")).ToBeVisibleAsync();
            await Expect(one.Locator("#admin-log")).ToContainTextAsync("budi changed dewi: E-mail");
            // The update must not replace the input element, because the user might be about to type in it.
            (await one.GetByLabel("E-mail").EvaluateAsync<bool>("field => field.isThisOne ?? false")).ShouldBeTrue();

            await one.GetByLabel("E-mail").FillAsync("other@example.org");
            await ana.Patch($"/api/users/{dewi.Id}", new { email = "dewi@example.com" });
            await Expect(one.Locator("#admin-log")).ToContainTextAsync("ana changed dewi: E-mail");
            await one.Press("Save");
            await Expect(one.GetByText("Someone changed this in the meantime.")).ToBeVisibleAsync();
            (reloads(), loads()).ShouldBe((0, 0));

            await ana.Delete($"/api/users/{dewi.Id}");
            await Expect(list.Rows().Locator("a")).ToHaveTextAsync(["ana", "budi", "citra"]);
            await one.Arrives("/admin");
            await ana.Patch($"/api/users/{budi.Id}", new { administrator = false });
            await Task.WhenAll(list.Arrives("/"), one.Arrives("/"));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Somebody_takes_their_data_and_leaves(bool scripts)
    {
        var page = await browsing.Window(scripts);
        var person = await browsing.SignInOn(page);
        await page.GotoAsync("/settings");
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = "Download my data" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("pacil.json");
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete my account" }).ClickAsync();
        await page.GetByLabel("Password").FillAsync("wrong-otter-42");
        await page.Press("Delete for good");
        await Expect(page.GetByText("This is not your password.")).ToBeVisibleAsync();
        await page.GetByLabel("Password").FillAsync(TestApp.Password);
        await page.Press("Delete for good");
        await Expect(page.GetByText("Your account was deleted.")).ToBeVisibleAsync();
        (await person.Get("/api/me")).Status.ShouldBe(401);
    }

    private static async Task ComeIn(IPage page, string link)
    {
        await page.GotoAsync(link);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(TestApp.Password);
        await page.GetByLabel("Confirm password").FillAsync(TestApp.Password);
        await page.Press("Save and sign in");
        await page.Arrives("/");
        await page.GotoAsync(link);
        await Expect(page.GetByText("This sign-in link was already used")).ToBeVisibleAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private static string NewName() => $"guest{Interlocked.Increment(ref people)}";
}
