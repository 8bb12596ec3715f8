using System.Net.Http.Json;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Tests.Admin;
using Pacil.Tests.Support;

namespace Pacil.Tests.Identity.Accounts;

/// <summary>
/// User names may contain letters of any writing system. A name is refused if it looks like another name or is
/// invisible.
/// </summary>
public sealed class UserNameTests
{
    [Theory]
    [InlineData("สมศรี")]
    [InlineData("किरण")]
    [InlineData("ကောင်းထက်")]
    [InlineData("Zoë.Ångström")]
    [InlineData("Nguyễn")]
    [InlineData("иван_петров")]
    [InlineData("Παναγιώτης")]
    [InlineData("محمد")]
    [InlineData("山田タロウかな")]
    [InlineData("kenji山田")]
    [InlineData("mina김")]
    [InlineData("สมศรีBangkok3")]
    [InlineData("ana+2@example.org")]
    public void Names_of_any_script_are_allowed(string name) => Account.IsUsername(name).ShouldBeTrue();

    [Theory]
    [InlineData("\u3164")]
    [InlineData("ana\u3164")]
    [InlineData("ana\u200B")]
    [InlineData("ana\u200D")]
    [InlineData("ana\u00ADb")]
    [InlineData("ana\u202Egnp")]
    [InlineData("\u2066ana\u2069")]
    [InlineData("ana\u200E")]
    [InlineData("\u2800")]
    [InlineData("аna")]
    [InlineData("pαul")]
    [InlineData("김ана")]
    [InlineData("ana김สม")]
    [InlineData("ana\U0001D7D8")]
    [InlineData("ana\u0251")]
    [InlineData("\u0301ana")]
    [InlineData("ana.\u0301")]
    [InlineData("a\u0300\u0301\u0302\u0303\u0304")]
    [InlineData("ana\uFE0F")]
    [InlineData("😀")]
    public void What_looks_like_another_name_or_like_nothing_is_not(string name) =>
        Account.IsUsername(name).ShouldBeFalse();

    [Theory]
    [InlineData("paypal", "раураІ")]
    [InlineData("PayPal", "paypaI")]
    [InlineData("paypal", "paypa1")]
    [InlineData("Modern", "Modem")]
    [InlineData("oscar", "0scar")]
    [InlineData("scope", "ѕсоре")]
    public void Names_that_look_alike_have_one_skeleton(string name, string other) =>
        UserNames.Skeleton(other).ShouldBe(UserNames.Skeleton(name));

    [Theory, Databases]
    public async Task Wherever_a_name_is_chosen_it_is_judged(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        await app.Stranger().Register("scope");
        // The first four names look like "scope". In order: all Cyrillic letters (allowed if no other name looks like
        // it), Latin and Cyrillic letters, a right-to-left override, a zero-width space. The last name is invisible.
        foreach (var name in new[] { "ѕсоре", "sсope", "sc\u202Eepo", "scope\u200B", "\u3164" })
        {
            (await app.Stranger().Post("/api/register", new { username = name, password = TestApp.Password }))
                .ShouldBeProblem(422, "invalid", "username");
            (await app.Stranger().SubmitForm("/register", ("username", name), ("password", TestApp.Password)))
                .Status.ShouldBe(422);
            (await ana.Post("/api/users", new { username = name })).ShouldBeProblem(422, "invalid", "username");
            (await ana.Patch($"/api/users/{budi.Id}", new { username = name }))
                .ShouldBeProblem(422, "invalid", "username");
            (await budi.Patch("/api/me", new { username = name })).ShouldBeProblem(422, "invalid", "username");
            (await budi.SubmitForm("/settings", ("username", name), ("email", ""), ("language", ""),
                ("time_zone", "UTC"))).Status.ShouldBe(422);
            var batch = await ana.Post("/api/batch", new
            {
                requests =
                    new[] { new { method = "PATCH", path = $"/api/users/{budi.Id}", body = new { username = name } } },
            });
            batch.Json.GetProperty("responses")[0].GetProperty("status").GetInt32().ShouldBe(422, batch.Text);
        }
        (await budi.Get("/api/me")).Json.GetProperty("username").GetString().ShouldBe("budi");
        (await budi.Patch("/api/me", new { username = "BUDl" })).Status.ShouldBe(200);
        (await budi.Patch("/api/me", new { username = "สมศรี" })).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task Of_two_who_want_names_that_look_alike_at_once_one_gets_it(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => app.SignIn($"person{"abcd"[n]}")));
        string[] names = ["scope", "ѕсоре", "SCOPE", "sc0pe"];

        var replies = await Task.WhenAll([
            .. people.Zip(names, (person, name) => person.Patch("/api/me", new { username = name })),
            .. names.Select(name => app.Stranger()
                .Post("/api/register", new { username = name, password = TestApp.Password })),
        ]);

        replies.Count(reply => reply.Status is 200 or 201).ShouldBe(1);
        foreach (var refused in replies.Where(reply => reply.Status is not (200 or 201)))
            refused.ShouldBeProblem(422, "invalid", "username");
    }

    /// <summary>
    /// An account from an older version may have a name that breaks today's rules, and its row has no skeleton. The
    /// server compares skeletons to find names that look alike, so it must compute the missing skeleton before it
    /// accepts another user's name.
    /// </summary>
    [Theory, Databases]
    public async Task An_old_name_stays_and_nobody_takes_one_that_looks_like_it(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        const string Old = "аnnа\u1160";
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "update account set username = @Old, username_key = @Key, username_skeleton = null where id = @Id",
            new { Old, Key = Account.Key(Old), budi.Id }), TestContext.Current.CancellationToken);

        (await app.Stranger().SignInAs(Old)).Status.ShouldBe(200);
        (await ana.Post("/api/invitations", new { username = Old, role = "viewer" })).Status.ShouldBe(201);
        (await budi.Patch("/api/me", new { username = Old, language = "id" })).Status.ShouldBe(200);
        (await budi.SubmitForm("/settings", ("username", Old), ("email", ""), ("language", ""), ("time_zone", "UTC")))
            .Status.ShouldBe(303);
        (await ana.Put($"/api/users/{budi.Id}", new { username = Old, email = "budi@example.org" }))
            .Status.ShouldBe(200);
        (await app.Stranger().Post("/api/register", new { username = "anna", password = TestApp.Password }))
            .ShouldBeProblem(422, "invalid", "username");
        (await ana.Patch("/api/me", new { username = "anna" })).ShouldBeProblem(422, "invalid", "username");

        (await budi.Send(HttpMethod.Delete, "/api/me", JsonContent.Create(new { password = TestApp.Password })))
            .Status.ShouldBe(204);
        (await app.Stranger().Post("/api/register", new { username = "anna", password = TestApp.Password }))
            .Status.ShouldBe(201);
    }
}
