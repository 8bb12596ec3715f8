using System.Collections.Concurrent;
using System.Text.Json;
using Pacil.Tests.Notifications;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Golden;

/// <summary>
/// A fixed sequence of actions on a server of its own, so that every id is the same in each run and on both databases.
/// The actions cause every kind of log entry. The names contain characters that must be escaped.
/// </summary>
internal sealed record Story(TestApp App)
{
    public const string LabName = "Lab <1> & \"Étagère\" 'Ü' 😀";

    private static readonly ConcurrentDictionary<TestDatabase, Lazy<Task<Story>>> Told = new();

    public Person Ana { get; private set; } = null!;
    public Person Budi { get; private set; } = null!;
    public Person Renee { get; private set; } = null!;
    public Person Dewi { get; private set; } = null!;

    public long Lab { get; private set; }

    /// <summary>The feed cursor that Ana had in the middle of the story.</summary>
    public string Cursor { get; private set; } = "";

    public string Api => $"/api/w/{Lab}";

    /// <summary>The story that all tests share. Tests must not change its data.</summary>
    public static Task<Story> On(TestDatabase database) => Told.GetOrAdd(database, _ => new(async () =>
    {
        var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        var story = new Story(app);
        await story.Tell();
        return story;
    })).Value;

    private async Task Tell()
    {
        Ana = await App.SignIn("ana");
        Budi = await App.SignIn("budi");
        Renee = await App.SignIn("renée");
        Dewi = await App.SignIn("dewi");
        Lab = await Ana.CreateWorkspace(LabName);
        await StoryOfPeople.Tell(this);
        await StoryOfItems.Tell(this);
        Cursor = (await Ana.Get($"/api/feed?after=start&follow={Lab},{Ana.Workspace}&wait=0"))
            .Json.GetProperty("cursor").GetString()!;
        await StoryOfTalk.Tell(this);
        await StoryOfLeaving.Tell(this);
    }

    /// <summary>
    /// Sends the request and waits until its notifications are delivered. Notifications get their ids in the order of
    /// delivery, so without the wait the ids would differ between runs.
    /// </summary>
    public async Task<JsonElement> Do(Task<Reply> request)
    {
        var reply = await request;
        reply.Status.ShouldBeInRange(200, 299, reply.Text);
        foreach (var feed in new[] { Lab, Dewi.Workspace })
            while (await App.Due(feed) > 0) await Task.Delay(5, TestContext.Current.CancellationToken);
        return reply.Text.Length == 0 ? default : reply.Json;
    }

    public async Task Join(Person member, Role role, long? workspace = null)
    {
        var invited = await Do(Ana.Post($"/api/w/{workspace ?? Lab}/invitations", new { role = role.Name() }));
        await Do(member.Post(invited.GetProperty("path").GetString()!));
    }
}
