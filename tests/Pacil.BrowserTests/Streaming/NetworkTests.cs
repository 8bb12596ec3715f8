using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests.Streaming;

/// <summary>
/// The network loses requests, and it loses, delays, truncates and reorders responses. In the end, the page and the
/// server have every change exactly once. The test prints its seed. If the environment variable PACIL_TEST_SEED
/// contains the seed of a run, the test repeats the user's actions of that run. It repeats the faults only if the
/// requests arrive in the same order.
/// </summary>
public sealed class NetworkTests(Browsing browsing)
{
    private const int ItemsCount = 4;
    private const int DeedsMax = 4;

    /// <summary>This amount is so large that the test never takes all pieces of an item.</summary>
    private const int AmountStart = 500;
    private static readonly Fault[] Faults = Enum.GetValues<Fault>();

    [Fact]
    public Task Fifty_bad_networks() => Survive(50);

    [Fact]
    [Trait("Length", "long")]
    public Task A_thousand_bad_networks() => Survive(1_000);

    private async Task Survive(int schedules)
    {
        var seed = Environment.GetEnvironmentVariable("PACIL_TEST_SEED") is { } given
            ? int.Parse(given) : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"PACIL_TEST_SEED={seed}");
        await using var network = await Network.To(browsing.Address);
        var page = await browsing.Window(address: network.Address);
        var ana = await browsing.SignInOn(page);
        var told = new Dictionary<string, long>();
        for (var n = 0; n < ItemsCount; n++) await ana.CreateItem($"Item {n}", told[$"Item {n}"] = AmountStart);
        await page.ReloadAsync();
        var happened = Faults.ToDictionary(fault => fault, _ => 0);
        for (var schedule = 0; schedule < schedules; schedule++)
        {
            var (random, chance) = (new Random(seed + schedule), new Random(~(seed + schedule)));
            network.Fate = request => IsWork(request.Path) ? Happen(chance, happened) : Fault.None;
            for (var deeds = random.Next(1, DeedsMax + 1); deeds > 0; deeds--) await Act(page, random, told);
            if (random.Next(8) == 0) await page.ReloadAsync();
            network.Fate = _ => Fault.None;
            await page.EvaluateAsync("dispatchEvent(new Event('online'))");
            await Settle(page, ana);
            (await Shown(page)).ShouldBe(told, ignoreOrder: true, $"page, seed {seed}, schedule {schedule}");
            (await Stored(ana)).ShouldBe(told, ignoreOrder: true, $"server, seed {seed}, schedule {schedule}");
        }
        TestContext.Current.TestOutputHelper.WriteLine($"faults: {string.Join(", ", happened)}");
        happened.Where(fault => fault.Value == 0).ShouldBeEmpty($"never happened, seed {seed}");
    }

    /// <summary>Chooses a fault and counts it. Requests arrive concurrently, so the counts are locked.</summary>
    private static Fault Happen(Random chance, Dictionary<Fault, int> happened)
    {
        lock (happened)
        {
            var fault = chance.Next(2) == 0 ? chance.GetItems(Faults, 1)[0] : Fault.None;
            happened[fault]++;
            return fault;
        }
    }

    /// <summary>
    /// Whether faults apply to the path. They apply only to API requests: a page loads completely or not at all, and
    /// other tests cover the feed.
    /// </summary>
    private static bool IsWork(string path) =>
        path.StartsWith("/api/", StringComparison.Ordinal) && !path.StartsWith("/api/feed", StringComparison.Ordinal);

    private static async Task Settle(IPage page, Person ana)
    {
        await Waiting.Until(async () => await page.Unsent(ana) == 0, "all is sent");
        await Expect(page.Locator("tr.pending")).ToHaveCountAsync(0);
    }

    /// <summary>Does one random action and records the amount that the page must show.</summary>
    private static async Task Act(IPage page, Random random, Dictionary<string, long> told)
    {
        var name = random.GetItems(told.Keys.ToArray(), 1)[0];
        if (told.Count < 2 * ItemsCount && random.Next(6) == 0)
        {
            name = $"Item {told.Count}";
            await page.Add(name, $"{told[name] = AmountStart}");
        }
        else
        {
            var isTaking = random.Next(2) == 0;
            await page.Row(name).GetByRole(AriaRole.Button, new() { Name = isTaking ? "Take one" : "Receive one" })
                .ClickAsync();
            told[name] += isTaking ? -1 : 1;
        }

        await Expect(page.Amount(name)).ToHaveTextAsync($"{told[name]}");
    }

    private static async Task<Dictionary<string, long>> Shown(IPage page)
    {
        var rows = await page.EvaluateAsync<string[][]>(
            "[...document.querySelectorAll('#list tbody tr')].map((row) => "
                + "['name', 'amount'].map((part) => row.querySelector(`[data-${part}]`).textContent))");
        return rows.ToDictionary(row => row[0], row => long.Parse(row[1]));
    }

    private static async Task<Dictionary<string, long>> Stored(Person ana) =>
        (await ana.Get("/api/items?limit=200")).Json.EnumerateArray()
            .ToDictionary(item => item.String("name"), item => item.Integer("amount"));
}
