using Pacil.Tests.Support;

[assembly: AssemblyFixture(typeof(Pacil.BrowserTests.Support.Browsing))]

namespace Pacil.BrowserTests.Support;

/// <summary>
/// The program itself and a headless Chromium, shared by all journeys; each has a window of its own. Without
/// Chromium the journeys are skipped, and say so.
/// </summary>
public sealed class Browsing : IAsyncLifetime
{
    /// <summary>Without the windows that nobody sees, where Debian has it so: that takes half of the work.</summary>
    private static readonly string Chromium = File.Exists("/usr/bin/chromium-headless-shell")
        ? "/usr/bin/chromium-headless-shell"
        : "/usr/bin/chromium";

    /// <summary>
    /// No sandbox for root, nothing that would call home from a machine without a network, and no process made ahead
    /// for a page that never comes: that takes a sixth of the work.
    /// </summary>
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--renderer-process-limit=1",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("pacil-browser-").FullName;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private PacilProcess? pacil;
    private Person? administrator;
    private int people;
    private int windows;

    public Uri Address => pacil!.Address;

    /// <summary>The first who came.</summary>
    internal Person Administrator => administrator!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        pacil = await PacilProcess.Start(folder, "--limits", "off");
        administrator = await pacil.SignIn("administrator");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });
    }

    /// <summary>A window that nobody has used.</summary>
    /// <param name="isTrusting">It runs scripts of others as well, which the pages forbid.</param>
    /// <param name="address">Where it reaches the program, if not directly.</param>
    public async Task<IPage> Window(
        bool scripts = true, ColorScheme colors = ColorScheme.Light, int width = 1280, int height = 800, bool isTrusting = false,
        Uri? address = null)
    {
        Assert.SkipWhen(browser is null, $"No Chromium: install {Chromium}, or run bin/test.");
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = (address ?? pacil!.Address).ToString(),
            JavaScriptEnabled = scripts,
            BypassCSP = isTrusting,
            // Only who loses the network needs what is kept for that.
            ServiceWorkers = address is null ? ServiceWorkerPolicy.Block : ServiceWorkerPolicy.Allow,
            ColorScheme = colors,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = height },
            Locale = "en-GB",
            TimezoneId = "Asia/Jakarta",
            // Wrong passwords are counted by address; one journey's are not another's.
            ExtraHTTPHeaders = [KeyValuePair.Create("X-Forwarded-For", $"10.9.0.{Interlocked.Increment(ref windows) % 250}")],
        });
        context.SetDefaultTimeout(10_000);
        WindowsAttribute.Open(context);
        return await context.NewPageAsync();
    }

    /// <summary>A window where someone new is signed in, at their items.</summary>
    public async Task<IPage> SignedIn(
        bool scripts = true, ColorScheme colors = ColorScheme.Light, int width = 1280, int height = 800)
    {
        var page = await Window(scripts, colors, width, height);
        await SignInOn(page);
        return page;
    }

    /// <summary>Signs someone in on this page, at their items, and gives them as they would act elsewhere.</summary>
    /// <param name="who">Someone new, unless it is said who.</param>
    /// <param name="isAdministrator">As the first one can make another.</param>
    internal async Task<Person> SignInOn(IPage page, Person? who = null, bool isAdministrator = false)
    {
        var person = who ?? await NewPerson();
        if (isAdministrator) await Administrator.Patch($"/api/users/{person.Id}", new { administrator = true });
        await SignIn(page, person);
        await page.GotoAsync("/");
        return person;
    }

    /// <summary>The same at no page yet.</summary>
    internal static async Task SignIn(IPage page, Person person)
    {
        // The page for that takes its time, and journeys of their own go through it.
        var http = page.Context.APIRequest;
        await http.GetAsync("/api/me");
        var token = (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == "csrftoken").Value;
        var signedIn = await http.PostAsync("/api/login", new()
        {
            DataObject = new { username = person.Name, password = TestApp.Password },
            Headers = [KeyValuePair.Create("X-CSRFToken", token)],
        });
        signedIn.Status.ShouldBe(200, await signedIn.TextAsync());
    }

    /// <summary>Someone with a new account, who speaks HTTP.</summary>
    internal Task<Person> NewPerson() => pacil!.SignIn($"visitor{Interlocked.Increment(ref people)}");

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        if (pacil is not null) await pacil.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
