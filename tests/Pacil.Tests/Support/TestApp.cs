using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Items;
using Pacil.Log;
using Pacil.Streaming;
using Pacil.Streaming.Presence;
using Pacil.Web.Hosting;
using Pacil.Workspaces;

namespace Pacil.Tests.Support;

/// <summary>
/// A Pacil server inside the test process, with its own port and its own database. Most tests share one server for each
/// kind of database. Each of these tests uses a new account, whose data no other test touches.
/// </summary>
internal sealed class TestApp : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<TestDatabase, Lazy<Task<TestApp>>> Shared = new();
    private static readonly Lazy<Task<TestApp>> Patient =
        new(() => StartServer(TestDatabase.Sqlite, settings => settings with { Limits = "off" }));

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

    /// <summary>The connection string of PostgreSQL. Null means SQLite.</summary>
    public string? Postgres => place.Postgres;

    /// <summary>The data folder. On SQLite, it also contains the database.</summary>
    public string Folder => place.Folder;

    /// <summary>Opens the same database as another process would.</summary>
    public Database OpenDatabase() => place.Open();

    /// <summary>The server that most tests share.</summary>
    public static Task<TestApp> On(TestDatabase database) =>
        Shared.GetOrAdd(database, _ => new(() => StartServer(database))).Value;

    /// <summary>A shared server on SQLite without rate limits, for tests that send very many requests.</summary>
    public static Task<TestApp> WithoutLimits() => Patient.Value;

    /// <summary>Starts a new server, for a test that changes more than the data of its own accounts.</summary>
    /// <param name="prepare">Prepares the data before the server starts.</param>
    public static Task<TestApp> Start(
        TestDatabase database, Func<Settings, Settings>? configure = null, Func<DataFixture, Task>? prepare = null)
    {
        FastRun.LeaveOut();
        return StartServer(database, configure, prepare);
    }

    private static async Task<TestApp> StartServer(
        TestDatabase database, Func<Settings, Settings>? configure = null, Func<DataFixture, Task>? prepare = null)
    {
        var place = await DataFixture.Make(database, isEmpty: prepare is not null);
        if (prepare is not null) await prepare(place);
        // The tests hash thousands of passwords that need no protection, so a small number of rounds suffices.
        var settings = new Settings
        {
            Urls = "http://127.0.0.1:0",
            Data = place.Folder,
            Database = place.Postgres,
            PasswordRounds = 1000,
        };
        return await Run(configure?.Invoke(settings) ?? settings, place);
    }

    /// <summary>Stops this server and starts a new server on the same data.</summary>
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

    /// <summary>An HTTP client that is not signed in, at a new IP address.</summary>
    public Person Stranger() => new(Address, NextAddress());

    public Person As(Person person) => new(Address, person);

    /// <summary>
    /// The same browser as a client of this server. A browser sends the same cookies to all servers on one host.
    /// </summary>
    public Person Shares(Person person) => new(Address, person.Address, person.Cookies);

    /// <summary>Registers a new account and signs in.</summary>
    public async Task<Person> SignIn(string? name = null)
    {
        var person = Stranger();
        await person.Register(name ?? $"ana{Interlocked.Increment(ref people)}");
        await person.SignIn();
        return person;
    }

    public async Task<Person> Member(Person owner, long workspace, Role role)
    {
        var member = await SignIn();
        await owner.Admit(member, role, workspace);
        return member;
    }

    /// <summary>The entries of the feed in the database, oldest first.</summary>
    public Task<List<Entry>> Entries(long feed) => Database.Read(connection => connection.Query<Entry>(
        """
        select feed_id, seq, mark, at, actor_id, '' as actor_name, kind, subject_type, subject_id, version, key,
          group_id, undoes, data
        from entry where feed_id = @Feed order by seq
        """, new { Feed = feed }), TestContext.Current.CancellationToken);

    /// <summary>A subscriber to the feed without a network connection.</summary>
    /// <summary>
    /// How many connections to this PostgreSQL database wait for a lock. Other tests use other databases of the server.
    /// </summary>
    public Task<long> CountWaitingForLocks() => Database.Read(connection => connection.First<long>(
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"),
        TestContext.Current.CancellationToken);

    public FeedSubscriber Subscriber(Person person) => new(
        Services.GetRequiredService<Broadcaster>(), Services.GetRequiredService<FeedLog>(), person.Id,
        new ConnectionPresence(
            Services.GetRequiredService<PresenceTracker>(), Services.GetRequiredService<PollingPresence>(),
            Services.GetRequiredService<PresenceLocationFinder>(),
            new PresentUser(person.Id, person.Name), isCounted: false));

    /// <summary>Runs the hourly housekeeping.</summary>
    public Task<int> Sweep() =>
        Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<Pacil.Admin.Housekeeping>().Single()
            .Sweep(TestContext.Current.CancellationToken);

    /// <summary>Creates many items in one write, by the same code as the API.</summary>
    public Task<int> Fill(Person person, int count, Func<int, string> name) => Database.Write(
        new Actor(person.Id, person.Name), async tx =>
        {
            for (var n = 0; n < count; n++)
                await CreateItem.Apply(
                    tx, person.Workspace, new CreateItem.Request(new ItemDetails(name(n), "", "", null), n));
            return count;
        }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (hasMoved) return;
        await app.StopAsync();
        await app.DisposeAsync();
        await place.DisposeAsync();
    }

    /// <summary>
    /// An IP address that no other person has. Rate limits count per IP address, so parallel tests must not share one.
    /// </summary>
    private static string NextAddress()
    {
        var n = Interlocked.Increment(ref people);
        return $"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}";
    }
}
