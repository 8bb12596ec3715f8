using Pacil.Tests.Support;

[assembly: AssemblyFixture(typeof(Pacil.BrowserTests.Support.Browsing))]

namespace Pacil.BrowserTests.Support;

/// <summary>
/// A Pacil server and a headless Chromium, shared by all tests. Each test has its own windows. Without Chromium, the
/// tests are skipped with a message.
/// </summary>
public sealed class Browsing : IAsyncLifetime
{
    /// <summary>
    /// Debian's chromium-headless-shell draws no windows, so it needs half of the CPU time of Debian's chromium.
    /// </summary>
    private static readonly string Chromium = File.Exists("/usr/bin/chromium-headless-shell")
        ? "/usr/bin/chromium-headless-shell"
        : "/usr/bin/chromium";

    /// <summary>
    /// Root needs --no-sandbox. Background networking is off because the machine may have no network. With a limit of
    /// one renderer process, Chromium starts no spare process in advance, which saves a sixth of the CPU time.
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

    /// <summary>The account that registered first. It is an administrator of the server.</summary>
    internal Person Administrator => administrator!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        pacil = await PacilProcess.Start(folder, "--limits", "off");
        administrator = await pacil.SignIn("administrator");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });
    }

    /// <summary>Opens a new window with its own cookies.</summary>
    /// <param name="isTrusting">
    /// Whether pages also run foreign scripts, which their content security policy forbids.
    /// </param>
    /// <param name="address">The server's address; null for the shared server.</param>
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
            // Only the tests that go offline need the service worker. They pass an address.
            ServiceWorkers = address is null ? ServiceWorkerPolicy.Block : ServiceWorkerPolicy.Allow,
            ColorScheme = colors,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = height },
            Locale = "en-GB",
            TimezoneId = "Asia/Jakarta",
            // The server counts wrong passwords per IP address, so each window gets its own address.
            ExtraHTTPHeaders =
                [KeyValuePair.Create("X-Forwarded-For", $"10.9.0.{Interlocked.Increment(ref windows) % 250}")],
        });
        context.SetDefaultTimeout(10_000);
        WindowsAttribute.Open(context);
        return await context.NewPageAsync();
    }

    /// <summary>Opens a window at the list, signed in with a new account.</summary>
    public async Task<IPage> SignedIn(
        bool scripts = true, ColorScheme colors = ColorScheme.Light, int width = 1280, int height = 800)
    {
        var page = await Window(scripts, colors, width, height);
        await SignInOn(page);
        return page;
    }

    /// <summary>Signs a person in on this page and opens the list. Returns the person as an HTTP client.</summary>
    /// <param name="who">The person; null for a new account.</param>
    /// <param name="isAdministrator">Whether the first administrator makes the account an administrator.</param>
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
        // Signs in over HTTP because the sign-in page is slower. Other tests cover the sign-in page.
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

    /// <summary>Creates an account and returns it as an HTTP client.</summary>
    internal Task<Person> NewPerson() => pacil!.SignIn($"visitor{Interlocked.Increment(ref people)}");

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        if (pacil is not null) await pacil.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
