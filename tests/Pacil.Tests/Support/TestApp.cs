using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Feed;
using Pacil.Items;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Tests.Support;

/// <summary>
/// The program itself, on a port of its own, over a database of its own. Most tests share one for each database
/// and bring a fresh person; what a person has is nobody else's.
/// </summary>
internal sealed class TestApp : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<TestDatabase, Lazy<Task<TestApp>>> Shared = new();
    private static int people;

    private readonly WebApplication app;
    private readonly Settings settings;
    private readonly DataFixture place;
    private bool hasMoved;

    private TestApp(WebApplication app, Settings settings, DataFixture place) =>
        (this.app, this.settings, this.place) = (app, settings, place);

    public const string Password = "blue-otter-42";

    public Uri Address => new(app.Urls.First());

    public Database Database => app.Services.GetRequiredService<Database>();

    public IServiceProvider Services => app.Services;

    /// <summary>Its database on a server; null: SQLite.</summary>
    public string? Postgres => place.Postgres;

    /// <summary>What it keeps there besides; on SQLite, all of it.</summary>
    public string Folder => place.Folder;

    /// <summary>The same data, as another program would open it.</summary>
    public Database OpenDatabase() => place.Open();

    /// <summary>The one that tests share.</summary>
    public static Task<TestApp> On(TestDatabase database) =>
        Shared.GetOrAdd(database, _ => new(() => Start(database))).Value;

    /// <summary>One for a test that changes more than a person's own things.</summary>
    /// <param name="prepare">Puts something there that the program is to find.</param>
    public static async Task<TestApp> Start(
        TestDatabase database, Func<Settings, Settings>? configure = null, Func<DataFixture, Task>? prepare = null)
    {
        var place = await DataFixture.Make(database, isEmpty: prepare is not null);
        if (prepare is not null) await prepare(place);
        // Thousands of passwords are hashed here, and none is worth guessing.
        var settings = new Settings { Urls = "http://127.0.0.1:0", Data = place.Folder, Database = place.Postgres, PasswordRounds = 1000 };
        return await Run(configure?.Invoke(settings) ?? settings, place);
    }

    /// <summary>Stops it and starts it again over the same data; this one is then gone.</summary>
    public async Task<TestApp> Restart()
    {
        await app.StopAsync(TestContext.Current.CancellationToken);
        await app.DisposeAsync();
        hasMoved = true;
        return await Run(settings, place);
    }

    private static async Task<TestApp> Run(Settings settings, DataFixture place)
    {
        var app = PacilApp.Build(settings);
        app.UsePacil();
        await app.Services.GetRequiredService<Database>().Migrate(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestApp(app, settings, place);
    }

    /// <summary>Someone nobody has seen before, at an address of their own, not signed in.</summary>
    public Person Stranger() => new(Address, NextAddress());

    /// <summary>The same person's browser, at this program's address.</summary>
    public Person As(Person person) => new(Address, person);

    /// <summary>The same browser at this program: on one host, programs share its cookies.</summary>
    public Person Shares(Person person) => new(Address, person.Address, person.Cookies);

    /// <summary>Someone with a new account, signed in.</summary>
    public async Task<Person> SignIn(string? name = null)
    {
        var person = Stranger();
        await person.Register(name ?? $"ana{Interlocked.Increment(ref people)}");
        await person.SignIn();
        return person;
    }

    /// <summary>Someone new, who is a member of a workspace.</summary>
    public async Task<Person> Member(Person owner, long workspace, Role role)
    {
        var member = await SignIn();
        await owner.Admit(member, role, workspace);
        return member;
    }

    /// <summary>The feed as it is stored: what happened, in order.</summary>
    public Task<List<Entry>> Entries(long feed) => Database.Read(connection => connection.Query<Entry>(
        """
        select feed_id, seq, mark, at, actor_id, '' as actor_name, kind, subject_type, subject_id, version, key, group_id, undoes, data
        from entry where feed_id = @Feed order by seq
        """, new { Feed = feed }), TestContext.Current.CancellationToken);

    /// <summary>Somebody who follows the feed in the program itself, by no connection.</summary>
    public FeedSubscriber Subscriber(Person person) => new(
        Services.GetRequiredService<Broadcaster>(), Services.GetRequiredService<FeedLog>(), person.Id,
        new ConnectionPresence(
            Services.GetRequiredService<PresenceTracker>(), Services.GetRequiredService<PollingPresence>(), Services.GetRequiredService<PresenceLocationFinder>(),
            new PresentUser(person.Id, person.Name), isCounted: false));

    /// <summary>What happens each hour.</summary>
    public Task<int> Sweep() =>
        Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<Pacil.Admin.Housekeeping>().Single()
            .Sweep(TestContext.Current.CancellationToken);

    /// <summary>Many items at once, as one write of the same use case.</summary>
    public Task<int> Fill(Person person, int count, Func<int, string> name) => Database.Write(
        new Actor(person.Id, person.Name), async tx =>
        {
            for (var n = 0; n < count; n++)
                await CreateItem.Apply(tx, person.Workspace, new CreateItem.Request(new ItemDetails(name(n), "", "", null), n));
            return count;
        }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (hasMoved) return;
        await app.StopAsync();
        await app.DisposeAsync();
        await place.DisposeAsync();
    }

    /// <summary>Limits count by address; tests that run side by side are not one stranger.</summary>
    private static string NextAddress()
    {
        var n = Interlocked.Increment(ref people);
        return $"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}";
    }
}
