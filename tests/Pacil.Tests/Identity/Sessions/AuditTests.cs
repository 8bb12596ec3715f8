using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Tests.Admin;
using Pacil.Tests.Support;
using Pacil.Web.Hosting;

namespace Pacil.Tests.Identity.Sessions;

/// <summary>
/// The audit log has one line for each sign-in and each change of access, and it never contains a secret.
/// </summary>
public sealed class AuditTests
{
    private const string Wrong = "orange-badger-71";
    private const string New = "green-heron-17";

    [Theory, Databases]
    public async Task It_tells_who_came_in_and_who_did_not(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var lines = Listen(app);
        var stranger = app.Stranger();

        await stranger.Post("/api/login", new { username = "BUDI", password = Wrong });
        lines.Next().ShouldStartWith(
            $"password_check wrong account={budi.Id} name=\"budi\" address={stranger.Address} request=POST /api/login");
        await stranger.Post("/api/login", new { username = Wrong, password = Wrong });
        lines.Next().ShouldStartWith("password_check wrong account=- name=- ");
        for (var n = 0; n < 5; n++) await stranger.SubmitForm("/login", ("username", "budi"), ("password", Wrong));
        lines.Take(5).Select(line => line.Split(" account")[0])
            .ShouldBe([.. Enumerable.Repeat("password_check wrong", 4), "password_check locked_out"]);
        await app.Stranger().SignInAs("budi");
        lines.Next().ShouldStartWith($"sign_in done account={budi.Id} name=\"budi\" ");
        await budi.Post("/api/me/password", new { current_password = Wrong, password = New });
        lines.Next().ShouldEndWith("request=POST /api/me/password");
        await budi.Post("/api/me/password", new { current_password = TestApp.Password, password = New });
        lines.Next().ShouldStartWith($"password_change done account={budi.Id} name=\"budi\" ");
        await budi.Post("/api/logout");
        lines.Next().ShouldStartWith($"sign_out done account={budi.Id} ");

        var link = (await ana.Post($"/api/users/{budi.Id}/sign-in-link")).Json.GetProperty("sign_in_link").GetString()!;
        lines.Next().ShouldEndWith($"request=POST /api/users/{{account:long}}/sign-in-link account={budi.Id}");
        await app.Stranger().SubmitForm(link, ("password", Wrong));
        lines.Take(2).Select(line => line.Split(" account")[0]).ShouldBe(["password_change done", "sign_in done"]);
        await ana.Patch($"/api/users/{budi.Id}", new { locked = true });
        lines.Next().ShouldStartWith($"access_change done account={ana.Id} name=\"ana\" ");
        (await app.Stranger().Post("/api/login", new { username = "budi", password = Wrong })).Status.ShouldBe(403);
        lines.Take(2)[0].ShouldStartWith($"sign_in account_locked account={budi.Id} ");

        foreach (var secret in new[] { Wrong, New, TestApp.Password, link.Split('/')[^1] })
            lines.All.ShouldAllBe(line => !line.Contains(secret));
    }

    [Theory, Databases]
    public async Task It_tells_who_gave_access_and_who_may_not(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        await ana.Admit(budi);
        var lines = Listen(app);

        var made = await budi.CreateToken();
        lines.Next().ShouldStartWith(
            $"access_change done account={budi.Id} name=\"budi\" address={budi.Address} request=POST /api/tokens");
        var program = budi.Program(made.GetProperty("token").GetString()!);
        (await program.Post("/api/tokens", new { name = "More" })).Status.ShouldBe(403);
        lines.Next().ShouldStartWith($"access session_required account={budi.Id} name=\"budi\" ");
        (await budi.Get("/api/users")).Status.ShouldBe(403);
        lines.Next().ShouldStartWith($"access forbidden account={budi.Id} ");
        (await budi.Page("/admin")).Status.ShouldBe(403);
        lines.Next().ShouldStartWith($"access forbidden account={budi.Id} ");
        await budi.SubmitForm($"/settings/tokens/{made.GetProperty("id")}/revoke");
        lines.Next().ShouldEndWith($"request=POST /settings/tokens/{{id:long}}/revoke id={made.GetProperty("id")}");
        (await app.Stranger().Post("/api/register", new { }, ("X-CSRFToken", ""))).Status.ShouldBe(403);
        lines.Next().ShouldStartWith("access csrf account=- name=- ");

        var role = $"/api/w/{ana.Workspace}/members/{budi.Id}";
        await ana.Put(role, new { role = "editor" });
        lines.Next().ShouldEndWith(
            "request=PUT /api/w/{workspace:long}/members/{account:long} "
            + $"workspace={ana.Workspace} account={budi.Id}");
        foreach (var atomic in new[] { false, true })
        {
            object Batch(string to) =>
                new { atomic, requests = new[] { new { method = "PUT", path = role, body = new { role = to } } } };
            await ana.Post("/api/batch", Batch("viewer"));
            lines.Next().ShouldStartWith($"access_change done account={ana.Id} ");
            await budi.Post("/api/batch", Batch("owner"));
            lines.Next().ShouldStartWith($"access forbidden account={budi.Id} ");
        }
        // Ordinary writes add no line to the audit log.
        await budi.Post("/api/items", new { name = "Bolt" });
        lines.Take(0);
        lines.All.ShouldAllBe(line => !line.Contains("pacil_"));
    }

    /// <summary>
    /// New user names cannot contain a line break, but names from older versions can, and future log fields might.
    /// </summary>
    [Theory]
    [InlineData("ana\nsign_in done account=1 name=\"root\"")]
    [InlineData("ana\r\u2028\u2029\u0085\u001b[2K")]
    [InlineData("\u202Eana\" address=127.0.0.1")]
    public async Task A_hostile_name_stays_in_its_line(string name)
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn("ana");
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "update account set username = @Name where id = @Id", new { Name = name, ana.Id }),
            TestContext.Current.CancellationToken);
        app.Services.GetRequiredService<SessionStore>().Revoke(ana.Id);
        var lines = Listen(app);

        (await ana.Post("/api/login", new { username = "ana", password = TestApp.Password })).Status.ShouldBe(200);
        await ana.Post("/api/login", new { username = "ana", password = Wrong });
        await ana.CreateToken();
        await ana.Post("/api/items", new { name }, ("X-CSRFToken", "forged-forged-forged"));

        lines.Take(4);
        foreach (var line in lines.All)
        {
            line.ShouldAllBe(c => c >= ' ' && c <= '~');
            line.Count(c => c == '"').ShouldBe(2);
            line.Split(" address=")[^1].ShouldStartWith(ana.Address);
        }
    }

    private static Lines Listen(TestApp app)
    {
        var lines = new Lines();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        return lines;
    }

    /// <summary>A logger that collects the messages of one category, without their times.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> all = [];
        private int taken;

        public List<string> All => [.. all];

        /// <summary>
        /// Waits for the next messages and takes them. The wait is necessary, because the server logs a line only after
        /// it has sent the response.
        /// </summary>
        public List<string> Take(int count)
        {
            SpinWait.SpinUntil(() => all.Count >= taken + count, TimeSpan.FromSeconds(10));
            var more = all.Skip(taken).ToList();
            more.Count.ShouldBe(count, string.Join('\n', more));
            taken += count;
            return more;
        }

        public string Next() => Take(1)[0];

        public ILogger CreateLogger(string categoryName) =>
            categoryName == Audit.Category ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var line = formatter(state, exception);
            line.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ");
            all.Enqueue(line[25..]);
        }

        public void Dispose() { }
    }
}
