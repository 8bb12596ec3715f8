using Pacil.Tests.Support;

[assembly: AssemblyFixture(typeof(Pacil.BrowserTests.Support.Browsing))]

namespace Pacil.BrowserTests.Support;

/// <summary>
/// The program and a headless Chromium, shared by all tests. Each test has its own windows. Without Chromium the tests
/// are skipped and say so.
/// </summary>
public sealed class Browsing : IAsyncLifetime
{
    /// <summary>Debian's chromium-headless-shell draws no windows and needs half of the CPU time.</summary>
    private static readonly string Chromium = File.Exists("/usr/bin/chromium-headless-shell")
        ? "/usr/bin/chromium-headless-shell"
        : "/usr/bin/chromium";

    /// <summary>
    /// Root needs --no-sandbox. Background networking is off because the machine may have no network. One renderer
    /// process, with no spare one made ahead, saves a sixth of the CPU time.
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

    /// <summary>The first account that registered.</summary>
    internal Person Administrator => administrator!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        pacil = await PacilProcess.Start(folder, "--limits", "off");
        administrator = await pacil.SignIn("administrator");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });
    }

    /// <summary>A new window with its own cookies.</summary>
    /// <param name="isTrusting">Whether it also runs foreign scripts, which the pages' policy forbids.</param>
    /// <param name="address">The address of the program, if not the direct one.</param>
    public async Task<IPage> Window(
        bool scripts = true, ColorScheme colors = ColorScheme.Light, int width = 1280, int height = 800,
        bool isTrusting = false,
        Uri? address = null)
    {
        Assert.SkipWhen(browser is null, $"No Chromium: install {Chromium}, or run bin/test.");
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = (address ?? pacil!.Address).ToString(),
            JavaScriptEnabled = scripts,
            BypassCSP = isTrusting,
            // Only tests that go offline need the service worker.
            ServiceWorkers = address is null ? ServiceWorkerPolicy.Block : ServiceWorkerPolicy.Allow,
            ColorScheme = colors,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = height },
            Locale = "en-GB",
            TimezoneId = "Asia/Jakarta",
            // Wrong passwords are counted per address, so each window gets its own.
            ExtraHTTPHeaders =
                [KeyValuePair.Create("X-Forwarded-For", $"10.9.0.{Interlocked.Increment(ref windows) % 250}")],
        });
        context.SetDefaultTimeout(10_000);
        WindowsAttribute.Open(context);
        return await context.NewPageAsync();
    }

    /// <summary>A window with a new account, signed in, at the list.</summary>
    public async Task<IPage> SignedIn(
        bool scripts = true, ColorScheme colors = ColorScheme.Light, int width = 1280, int height = 800)
    {
        var page = await Window(scripts, colors, width, height);
        await SignInOn(page);
        return page;
    }

    /// <summary>Signs a person in on this page and opens the list. Returns the person as an HTTP client.</summary>
    /// <param name="who">Null: a new account.</param>
    /// <param name="isAdministrator">Whether the first administrator promotes the account.</param>
    internal async Task<Person> SignInOn(IPage page, Person? who = null, bool isAdministrator = false)
    {
        var person = who ?? await NewPerson();
        if (isAdministrator) await Administrator.Patch($"/api/users/{person.Id}", new { administrator = true });
        await SignIn(page, person);
        await page.GotoAsync("/");
        return person;
    }

    /// <summary>Signs the person in without opening a page.</summary>
    internal static async Task SignIn(IPage page, Person person)
    {
        // Signs in over HTTP: the sign-in page is slower, and other tests cover it.
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

    /// <summary>A new account, as an HTTP client.</summary>
    internal Task<Person> NewPerson() => pacil!.SignIn($"visitor{Interlocked.Increment(ref people)}");

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        if (pacil is not null) await pacil.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
