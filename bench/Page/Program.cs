// Loads the first page over a slow connection, with an empty cache and then with a filled cache. Prints the cost of
// each load. Arguments: the address, and the cookie of a signed-in session.
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Visit = (double Requests, double Kilobytes, double FirstRow, double Live);

const int Rounds = 5;
// A typical slow 4G connection: 1.6 Mbit/s down, 750 kbit/s up, 150 ms round trip.
var slow = new Dictionary<string, object>
{
    ["offline"] = false,
    ["latency"] = 150,
    ["downloadThroughput"] = 1_600_000 / 8,
    ["uploadThroughput"] = 750_000 / 8,
};
var address = new Uri(args[0]);
using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new()
{
    // Debian's chromium-headless-shell draws no windows, so it needs half of the CPU time of Debian's chromium.
    ExecutablePath = File.Exists("/usr/bin/chromium-headless-shell")
        ? "/usr/bin/chromium-headless-shell" : "/usr/bin/chromium",
    Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
var visits = new List<(Visit First, Visit Again)>();
for (var round = 0; round < Rounds; round++)
{
    await using var context = await browser.NewContextAsync(
        new() { ViewportSize = new() { Width = 390, Height = 780 } });
    await context.AddCookiesAsync([new() { Name = "pacil", Value = args[1], Url = address.ToString() }]);
    var page = await context.NewPageAsync();
    await page.AddInitScriptAsync(
        """
        new MutationObserver((_, observer) => {
          if (!window.hasRows && document.querySelector("#list tbody tr")) {
            window.hasRows = true;
            requestAnimationFrame(() => setTimeout(() => (window.firstRow = performance.now())));
          }
          if (document.querySelector("[data-live=live]")) window.live = performance.now();
          if (window.live) observer.disconnect();
        }).observe(document, { childList: true, subtree: true, attributeFilter: ["data-live"] });
        """);
    visits.Add((await Open(page), await Open(page)));
}

Console.WriteLine("| the page of 50 rows | requests | KB | first row ms | live ms |\n|---|---|---|---|---|");
Print("first visit", [.. visits.Select(visit => visit.First)]);
Print("again", [.. visits.Select(visit => visit.Again)]);

async Task<Visit> Open(IPage page)
{
    var devtools = await page.Context.NewCDPSessionAsync(page);
    await devtools.SendAsync("Network.enable");
    await devtools.SendAsync("Network.emulateNetworkConditions", slow);
    var (requests, bytes) = (0, 0.0);
    devtools.Event("Network.requestWillBeSent").OnEvent += (_, sent) => requests += IsOurs(sent) ? 1 : 0;
    devtools.Event("Network.loadingFinished").OnEvent += (_, done) =>
        bytes += done!.Value.GetProperty("encodedDataLength").GetDouble();
    await page.GotoAsync(address.ToString());
    await page.WaitForFunctionAsync("() => window.live && window.firstRow");
    var live = await page.EvaluateAsync<double>("window.live");
    var row = await page.EvaluateAsync<double>("window.firstRow");
    await devtools.DetachAsync();
    return (requests, bytes / 1024, row, live);
}

bool IsOurs(JsonElement? sent) =>
    sent!.Value.GetProperty("request").GetProperty("url").GetString()!.StartsWith(
        address.ToString(), StringComparison.Ordinal);

void Print(string name, Visit[] all)
{
    double Median(Func<Visit, double> of) => all.Select(of).Order().ElementAt(all.Length / 2);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {Median(one => one.Requests):F0} "
        + $"| {Median(one => one.Kilobytes):F0} | {Median(one => one.FirstRow):F0} | {Median(one => one.Live):F0} |"));
}
