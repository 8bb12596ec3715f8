using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Workspaces;

/// <summary>When two requests change a workspace concurrently, neither reverts the change of the other.</summary>
public sealed class ClosingTests
{
    private const int Rounds = 30;
    private static readonly string[] Names = ["Shed", "Barn", "Loft"];

    [Theory, Databases]
    public async Task What_is_closed_while_somebody_renames_it_stays_closed(TestDatabase database)
    {
        var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        await using var _ = app;
        var ana = await app.SignIn();
        var workspaces = new List<long>();
        for (var round = 0; round < Rounds; round++) workspaces.Add(await ana.CreateWorkspace());
        var budi = await app.SignIn();
        foreach (var workspace in workspaces) await ana.Admit(budi, Role.Manager, workspace);

        foreach (var workspace in workspaces)
        {
            var path = $"/api/w/{workspace}";
            var replies = await Task.WhenAll(budi.Patch(path, new { name = "Shed" }), ana.Delete(path));

            replies[1].Status.ShouldBe(200, replies[1].Text);
            if (replies[0].Status != 200) replies[0].ShouldBeProblem(409, "workspace_closed");
            var after = (await ana.Get(path)).Json;
            after.GetProperty("archived_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
            after.GetProperty("name").GetString().ShouldBe(replies[0].Status == 200 ? "Shed" : "Lab");
            after.GetProperty("version").GetInt64().ShouldBe(1 + replies.Count(reply => reply.Status == 200));
        }
    }

    [Theory, Databases]
    public async Task Of_two_changes_of_one_version_the_second_is_told(TestDatabase database)
    {
        var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        await using var _ = app;
        var ana = await app.SignIn();
        for (var round = 0; round < Rounds; round++)
        {
            var workspace = await ana.CreateWorkspace();
            var replies = await Task.WhenAll(Names.Select(name =>
                ana.Patch($"/api/w/{workspace}", new { name }, ("If-Match", "\"1\""))));
            replies.Select(reply => reply.Status).Order().ShouldBe([200, 412, 412]);
            var current = replies.Single(reply => reply.Status == 200).Json.GetProperty("name").GetString();
            (await Differing(new { name = current })).ShouldBe("[]");
            (await Differing(new { name = "Another" })).ShouldBe("[\"name\"]");
            (await Differing(new { name = current, archived = true })).ShouldBe("[\"archived\"]");

            async Task<string> Differing(object change) =>
                (await ana.Patch($"/api/w/{workspace}", change, ("If-Match", "\"1\"")))
                    .ShouldBeProblem(412, "version_conflict").Json.GetProperty("differing").GetRawText();
        }
    }
}
