using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests;

/// <summary>
/// Writes the screenshots of the README to docs/screenshots, and checks that no page is wider than its window.
/// </summary>
public sealed class ScreenshotTests(Browsing browsing)
{
    private static readonly (string Name, string Note, int Amount, string Unit, int? Threshold)[] Shelf =
    [
        ("Arduino Nano", "Rev 3, with headers", 18, "", null), ("Bolt M6 × 20", "Stainless", 20, "pcs", 10),
        ("Étagère, wall, 80 cm", "Two left from the move", 2, "", null),
        ("Lithium cell 18650", "Charge before use", 4, "", 10),
        ("Servo MG996R", "Three are with team Garuda until Friday", 21, "", null),
        ("Solder, 0.8 mm", "250 g spool", 6, "spools", 2),
        ("Heat-shrink tube", "Assorted, 2 to 12 mm", 140, "pcs", 50),
        ("Multimeter", "Fluke 117, in the blue case", 3, "", null),
        ("Stepper NEMA 17", "", 9, "", 4), ("Jumper wires", "Male to female", 85, "pcs", 40),
    ];

    [Fact]
    [Trait("Length", "long")]
    public async Task The_main_pages_wide_and_on_a_phone_light_and_dark()
    {
        await browsing.Window();
        var folder = Directory.CreateTempSubdirectory("pacil-screenshots-").FullName;
        await using (var pacil = await PacilProcess.Start(folder, "--limits", "off"))
        {
            var (ana, budi) = (await pacil.SignIn("ana"), await pacil.SignIn("budi"));
            var lab = await ana.CreateWorkspace("Robotics lab");
            await ana.Admit(budi, Role.Editor, lab);
            var bolt = await Fill(ana, budi, lab);
            string[] paths = [$"/w/{lab}/", $"/w/{lab}/items/{bolt}", $"/w/{lab}/activity", $"/w/{lab}/chat",
                $"/w/{lab}/members", "/settings", "/admin"];
            foreach (var (view, width, height) in new[] { ("wide", 1280, 800), ("phone", 390, 780) })
                foreach (var colors in new[] { ColorScheme.Light, ColorScheme.Dark })
                    await Take(pacil.Address, ana, paths, $"{view}-{colors}".ToLowerInvariant(), colors, width, height);
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task Take(
        Uri address, Person ana, string[] paths, string view, ColorScheme colors, int width, int height)
    {
        var page = await browsing.Window(colors: colors, width: width, height: height, address: address);
        await browsing.SignInOn(page, ana);
        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
            if (await page.Locator("[data-live]").CountAsync() > 0)
                await Expect(page.Locator("[data-live]").First).ToHaveTextAsync("live");
            var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
            overflow.ShouldBeLessThanOrEqualTo(0, $"{path} is wider than the window");
            var name = path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["w", _, .. var rest]
                ? rest.FirstOrDefault("list") : path[1..];
            await page.ScreenshotAsync(
                new() { Path = Path.Combine(Repository.Root, "docs", "screenshots", $"{name}-{view}.png") });
        }
    }

    /// <returns>The id of the item with the longest history.</returns>
    private static async Task<long> Fill(Person ana, Person budi, long lab)
    {
        var ids = new Dictionary<string, long>();
        foreach (var (name, description, amount, unit, threshold) in Shelf)
        {
            var made = await ana.Post($"/api/w/{lab}/items", new { name, description, amount, unit, threshold });
            made.Status.ShouldBe(201, made.Text);
            ids[name] = made.Json.Integer("id");
        }

        var bolt = ids["Bolt M6 × 20"];
        await budi.Post($"/api/w/{lab}/items/{bolt}/movements", new { delta = -12, note = "for the rover's wheels" });
        await budi.Post($"/api/w/{lab}/items/{ids["Servo MG996R"]}/movements", new { delta = -3 });
        await ana.Post($"/api/w/{lab}/items/{ids["Jumper wires"]}/movements", new { delta = 40, reason = "received" });
        await budi.Post($"/api/w/{lab}/rooms/lobby/messages",
            new { text = "I took twelve bolts for the rover. @ana, shall we order more?" });
        await ana.Post(
            $"/api/w/{lab}/rooms/lobby/messages", new { text = "Yes, a hundred. The shop has them in stainless." });
        await budi.Post(
            $"/api/w/{lab}/rooms/item:{bolt}/messages", new { text = "The last box was M5, mind the label." });
        foreach (var name in new[] { "Arduino Nano", "Multimeter" })
            await ana.Put($"/api/w/{lab}/items/{ids[name]}/star");
        return bolt;
    }
}
