using System.Diagnostics;
using Pacil.Tests.Support;
using Pacil.Web;

namespace Pacil.Tests.Accounts;

/// <summary>Passwords are hashed here as often as for people: with fewer rounds chance decides who took longer.</summary>
[Collection<Alone>]
public sealed class SignInTimeTests
{
    [Theory, Databases]
    public async Task A_wrong_name_and_a_wrong_password_hear_the_same_after_the_same_time(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { PasswordRounds = new Settings().PasswordRounds });
        var ana = await app.SignIn();
        var stranger = app.Stranger();
        var (known, unknown) = (new List<double>(), new List<double>());
        for (var n = 0; n < 4; n++)
        {
            known.Add(await Try(ana.Name));
            unknown.Add(await Try($"nobody{n}"));
        }

        (unknown.Min() / known.Min()).ShouldBeInRange(0.5, 2);

        async Task<double> Try(string username)
        {
            var watch = Stopwatch.StartNew();
            var reply = await stranger.Post("/api/login", new { username, password = "something-else" });
            var spent = watch.Elapsed.TotalMilliseconds;
            reply.ShouldBeProblem(401, "wrong_credentials");
            return spent;
        }
    }
}
