using Pacil.Workspaces;

namespace Pacil.Tests.Golden;

/// <summary>The part of the story about members who leave or are removed, and about an erased account.</summary>
internal static class StoryOfLeaving
{
    public static async Task Tell(Story story)
    {
        var (ana, dewi) = (story.Ana, story.Dewi);
        await story.Do(dewi.Patch($"/api/w/{dewi.Workspace}", new { name = "Dewi's <shelf>" }));
        var invited = await story.Do(
            dewi.Post($"/api/w/{dewi.Workspace}/invitations", new { role = Role.Viewer.Name() }));
        await story.Do(ana.Post(invited.GetProperty("path").GetString()!));
        await story.Do(dewi.Patch("/api/me", new { language = "en" }));
        await story.Do(dewi.Post("/api/items", new { name = "Dewi's bolt", amount = 3 }));
        await story.Do(ana.Delete($"/api/users/{dewi.Id}", ("If-Match", "*")));
        await story.Do(ana.Post($"{story.Api}/invitations", new { role = "editor", username = "eko" }));
        await story.Do(ana.Delete($"{story.Api}/members/{story.Renee.Id}"));
        await story.Do(ana.Post($"{story.Api}/items", new { name = "The last one", amount = 0, threshold = 0 }));
    }
}
