using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests.Outbox;

/// <summary>If the browser cannot store an operation, the page sends the operation immediately.</summary>
public sealed class StorageTests(Browsing browsing)
{
    private const string Throws = "{ get() { throw new DOMException('', 'SecurityError'); } }";

    public static readonly TheoryData<string> WithoutDatabase =
    [
        "Object.defineProperty(window, 'indexedDB', { get() { return undefined; } })",
        $"Object.defineProperty(window, 'indexedDB', {Throws})",
        "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }",
        "IDBFactory.prototype.open = () => ({})",
        "IDBFactory.prototype.open = () => { const asked = { error: new DOMException('', 'UnknownError') }; "
            + "setTimeout(() => asked.onerror()); return asked; }",
        "IDBDatabase.prototype.transaction = () => { throw new DOMException('', 'InvalidStateError'); }",
        "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }",
        "const put = IDBObjectStore.prototype.put; "
            + "IDBObjectStore.prototype.put = function (one) { setTimeout(() => {}); "
            + "const asked = put.call(this, one); this.transaction.abort(); return asked; }",
    ];

    [Theory, MemberData(nameof(WithoutDatabase))]
    public async Task What_cannot_be_kept_is_done_at_once(string lacks)
    {
        var (page, ana) = await At(lacks);
        await page.Row("Bolt").Press("Receive one");
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("11");
        await Expect(page.Toasts()).ToContainTextAsync("Received 1 Bolt.");
        await page.Add("Nut", "4");
        await page.Row("Nut").Press("Take one");
        await Expect(page.Amount("Nut")).ToHaveTextAsync("3");
        await Expect(page.Locator("tr.pending")).ToHaveCountAsync(0);
        await Waiting.Until(async () => (await ana.Item(ana.Known)).Integer("amount") == 11, "the server has it");

        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).ClickAsync();
        var sheet = page.Locator("#sheet");
        await sheet.GetByLabel("Description").FillAsync("Steel");
        await sheet.Press("Save");
        await Expect(page.Row("Bolt")).ToContainTextAsync("Steel");
        await Waiting.Until(
            async () => (await ana.Item(ana.Known)).String("description") == "Steel", "the server has it");
    }

    [Fact]
    public async Task What_can_neither_be_kept_nor_sent_is_said_and_shown_as_not_done()
    {
        var (page, ana) = await At(WithoutDatabase.First());
        await page.RouteAsync("**/movements", route => route.FulfillAsync(
            new()
            {
                Status = 409,
                ContentType = "application/problem+json",
                Body = """{"status":409,"code":"archived","detail":"No more."}""",
            }));
        await page.Row("Bolt").Press("Receive one");
        await Expect(page.Toasts()).ToContainTextAsync("No more.");
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("10");
        await Expect(page.Locator("[data-outbox]")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData($"Object.defineProperty(window, 'localStorage', {Throws})")]
    [InlineData("Object.defineProperty(window, 'localStorage', { value: null })")]
    [InlineData("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }")]
    [InlineData(
        "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('', 'SecurityError'))")]
    public async Task What_is_typed_is_kept_by_the_server_and_one_signs_out_without_a_store(string lacks)
    {
        var (page, ana) = await At($"{lacks}; Object.defineProperty(window, 'caches', {Throws})");
        await page.GotoAsync($"/items/{ana.Known}");
        await page.GetByLabel("Description").FillAsync("Zinc");
        await Waiting.Until(
            async () => (await ana.Get($"/api/drafts/item:{ana.Known}")).Status == 200, "the draft is kept");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("Zinc");
        await page.Press("Discard it");
        await Waiting.Until(
            async () => (await ana.Get($"/api/drafts/item:{ana.Known}")).Status == 404, "the draft is gone");
        await page.GotoAsync("/logout");
        await page.Locator("main").Press("Sign out");
        await page.Arrives("/login");
    }

    [Fact]
    public async Task Who_signs_out_leaves_no_draft_behind_where_there_is_no_database()
    {
        var (page, ana) = await At(WithoutDatabase.First());
        await page.EvaluateAsync("(id) => localStorage.setItem(`draft:${id}:create`, '{}')", ana.Id);
        await page.GotoAsync("/logout");
        await page.Locator("main").Press("Sign out");
        await page.Arrives("/login");
        (await page.EvaluateAsync<int>("localStorage.length")).ShouldBe(0);
    }

    private async Task<(IPage Page, Person Ana)> At(string lacks)
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        ana.Known = await ana.CreateItem("Bolt", 10);
        await page.AddInitScriptAsync(lacks);
        await page.GotoAsync("/");
        await page.Live();
        return (page, ana);
    }
}
