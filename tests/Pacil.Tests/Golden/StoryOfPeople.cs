using Pacil.Tests.Chat;
using Pacil.Workspaces;

namespace Pacil.Tests.Golden;

/// <summary>The part of the story about registration, roles, and changes by administrators.</summary>
internal static class StoryOfPeople
{
    public static async Task Tell(Story story)
    {
        await Members(story);
        await Workspace(story);
        await Accounts(story);
        await Access(story);
    }

    private static async Task Members(Story story)
    {
        var (ana, api) = (story.Ana, story.Api);
        await story.Join(story.Budi, Role.Manager);
        await story.Join(story.Renee, Role.Editor);
        var named = await story.Do(ana.Post($"{api}/invitations", new { role = "viewer", username = "dewi" }));
        await story.Do(story.Dewi.Post(named.Text("path")));
        await story.Do(ana.Put($"{api}/members/{story.Renee.Id}", new { role = "manager" }));
        await story.Do(ana.Put($"{api}/members/{story.Renee.Id}", new { role = "editor" }));
    }

    private static async Task Workspace(Story story)
    {
        var (ana, api) = (story.Ana, story.Api);
        await story.Do(ana.Patch(api, new { name = "Other name" }));
        await story.Do(ana.Patch(api, new { name = Story.LabName }));
        await story.Do(ana.Delete(api));
        await story.Do(ana.Patch(api, new { archived = false }));
    }

    private static async Task Accounts(Story story)
    {
        var ana = story.Ana;
        var eko = (await story.Do(ana.Post("/api/users", new { username = "eko", email = "eko@shelf.example" })))
            .Number("id");
        await story.Do(ana.Patch($"/api/users/{eko}", new { administrator = true }));
        await story.Do(ana.Patch($"/api/users/{eko}", new { administrator = false }));
        await story.Do(ana.Patch($"/api/users/{eko}", new { locked = true }));
        await story.Do(ana.Patch($"/api/users/{eko}", new { locked = false }));
        await story.Do(ana.Delete($"/api/users/{eko}/sessions"));
        await story.Do(ana.Post($"/api/users/{eko}/sign-in-link"));
        await story.Do(story.Budi.Patch(
            "/api/me", new { email = "budi@shelf.example", language = "id", time_zone = "Asia/Jakarta" }));
    }

    private static async Task Access(Story story)
    {
        var ana = story.Ana;
        await story.Do(ana.Put("/api/registration", new { registration = "invitation" }));
        await story.Do(ana.Put("/api/registration", new { registration = "open" }));
        var token = await story.Do(ana.Post("/api/tokens", new { name = "Printer <1> & 'more' 😀", scope = "read" }));
        await story.Do(ana.Post("/api/tokens", new { name = "Scales", scope = "admin", expires_in_days = 366 }));
        await story.Do(ana.Delete($"/api/tokens/{token.Number("id")}"));
    }
}
