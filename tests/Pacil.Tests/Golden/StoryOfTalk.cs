using Pacil.Tests.Chat;

namespace Pacil.Tests.Golden;

internal static class StoryOfTalk
{
    public static async Task Tell(Story story)
    {
        await Rooms(story);
        await Messages(story);
        await story.Do(story.Ana.Post("/api/notifications/read", new { through = 1 }));
        await story.Do(story.Budi.Post("/api/notifications/read", new { }));
        await story.Do(story.Budi.Post($"{story.Api}/rooms/lobby/read", new { }));
        await story.Do(story.Budi.Put("/api/notifications/choices", new { stock = false }));
        await story.Do(story.Budi.Put($"/api/blocks/{story.Renee.Id}"));
        await story.Do(story.Ana.Put("/api/drafts/new-item", new { name = "Half <a> \"name\" 😀" }));
    }

    private static async Task Rooms(Story story)
    {
        var rooms = $"{story.Api}/rooms";
        var garage = (await story.Do(story.Renee.Post(rooms, new { name = "Garage <1> & 'ü' 😀" }))).Number("id");
        await story.Do(story.Renee.Patch($"{rooms}/{garage}", new { name = "Atelier \"é\"" }));
        await story.Do(story.Renee.Patch($"{rooms}/{garage}", new { archived = true }));
        await story.Do(story.Renee.Patch($"{rooms}/{garage}", new { archived = false }));
    }

    private static async Task Messages(Story story)
    {
        var (lobby, shelf) = ($"{story.Api}/rooms/lobby/messages", $"{story.Api}/rooms/item:1/messages");
        await story.Do(
            story.Ana.Post(lobby, new { text = "Hello @budi, <b>look</b> & 'see' 😀\nhttps://shelf.example/?a=1&b=2" },
                ("Idempotency-Key", "story-3")));
        var said = (await story.Do(story.Budi.Post(shelf, new { text = "Too few of \"these\", @renée" }))).Number("id");
        await story.Do(story.Budi.Patch($"{shelf}/{said}", new { text = "Too few of these, @ana" }));
        var wrong = (await story.Do(story.Budi.Post(lobby, new { text = "A secret for @ana" }))).Number("id");
        await story.Do(story.Budi.Delete($"{lobby}/{wrong}"));
        await story.Do(story.Dewi.Post(lobby, new { text = "Dewi was here" }));
    }
}
