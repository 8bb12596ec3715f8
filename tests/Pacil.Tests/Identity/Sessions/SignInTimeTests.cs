using System.Diagnostics;
using Pacil.Tests.Support;
using Pacil.Web.Hosting;

namespace Pacil.Tests.Identity.Sessions;

/// <summary>
/// These tests hash passwords with as many rounds as in production, because with fewer rounds the measured times are
/// noise.
/// </summary>
[Collection<SerialTests>]
public sealed class SignInTimeTests
{
    [Theory, Databases]
    public async Task A_wrong_name_and_a_wrong_password_hear_the_same_after_the_same_time(TestDatabase database)
    {
        await using var app = await TestApp.Start(
            database, settings => settings with { PasswordRounds = new Settings().PasswordRounds });
        var (known, unknown) = (new List<double>(), new List<double>());
        // Other load on the machine slows some measurements, but not the fastest of many.
        for (var round = 0; round < 5 && (round == 0 || Ratio() is < 0.7 or > 1.4); round++)
        {
            var (ana, stranger) = (await app.SignIn(), app.Stranger());
            for (var n = 0; n < 4; n++)
            {
                known.Add(await Try(stranger, ana.Name));
                unknown.Add(await Try(stranger, $"nobody{round}{n}"));
            }
        }

        Ratio().ShouldBeInRange(0.5, 2);

        double Ratio() => unknown.Min() / known.Min();

        async Task<double> Try(Person stranger, string username)
        {
            var watch = Stopwatch.StartNew();
            var reply = await stranger.Post("/api/login", new { username, password = "something-else" });
            var spent = watch.Elapsed.TotalMilliseconds;
            reply.ShouldBeProblem(401, "wrong_credentials");
            return spent;
        }
    }
}
