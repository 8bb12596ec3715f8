using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Passwords;
using Pacil.Tests.Admin;
using Pacil.Tests.Support;
using Pacil.Web.Hosting;

namespace Pacil.Tests.Identity.Passwords;

public sealed class PasswordTests
{
    private const string Accented = "Größe-naïve-42";

    [Theory]
    [InlineData("        ", "password_too_simple")]
    [InlineData("\t \t \t \t ", "password_too_simple")]
    [InlineData("aaaaaaaaaa", "password_too_simple")]
    [InlineData("xyxyxyxyxy", "password_too_simple")]
    [InlineData("12345678a", "password_too_simple")]
    [InlineData("87654321ab", "password_too_simple")]
    [InlineData("abcdefgh1", "password_too_simple")]
    [InlineData("1234-1234", "password_too_simple")]
    [InlineData("pacil123", "password_like_site")]
    [InlineData("Pacil2026!", "password_like_site")]
    [InlineData("inventory#7", "password_like_site")]
    [InlineData("Club.Example.Org1", "password_like_site")]
    [InlineData("example2026", "password_like_site")]
    [InlineData("Zoé-20268!", "password_like_username")]
    [InlineData("2026zoe!!", "password_like_username")]
    [InlineData("Password2026!!", "password_too_common")]
    [InlineData("!!sunshine77", "password_too_common")]
    [InlineData("1984monkey1984", "password_too_common")]
    public void What_others_would_guess_first_is_no_password(string password, string rule) =>
        Broken(password).ShouldContain(rule);

    [Theory]
    [InlineData("blue-otter-42")]
    [InlineData("correct horse battery staple")]
    [InlineData("pacil-otter-42")]
    [InlineData("Gudang-9000-rak")]
    [InlineData("ฉันชอบกินข้าว")]
    [InlineData("x9$Lq2!vR7")]
    public void What_they_would_not_is_one(string password) => Broken(password).ShouldBeEmpty();

    [Theory, Databases]
    public async Task Wherever_a_password_is_chosen_it_is_judged(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        foreach (var password in new[] { "        ", "Pacil2026!", "12345678a" })
        {
            (await app.Stranger().Post("/api/register", new { username = "eve", password }))
                .ShouldBeProblem(422, "invalid", "password");
            (await app.Stranger().SubmitForm("/register", ("username", "eve"), ("password", password)))
                .Status.ShouldBe(422);
            (await ana.Post("/api/users", new { username = "eve", password }))
                .ShouldBeProblem(422, "invalid", "password");
            (await ana.Post("/api/me/password", new { current_password = TestApp.Password, password }))
                .ShouldBeProblem(422, "invalid", "password");
            (await ana.SubmitForm("/settings/password", ("current_password", TestApp.Password), ("password", password)))
                .Status.ShouldBe(422);
            var link = (await ana.Post($"/api/users/{budi.Id}/sign-in-link"))
                .Json.GetProperty("sign_in_link").GetString()!;
            (await app.Stranger().SubmitForm(link, ("password", password))).Status.ShouldBe(422);
        }
    }

    [Theory, Databases]
    public async Task A_password_opens_however_its_letters_are_composed(TestDatabase database)
    {
        var (app, ana, _) = await Administering.Start(database);
        await using var __ = app;
        var (composed, apart) =
            (Accented.Normalize(NormalizationForm.FormC), Accented.Normalize(NormalizationForm.FormD));
        composed.ShouldNotBe(apart);
        foreach (var (n, made, typed) in new[]
                 {
                     (0, composed, apart), (1, apart, composed), (2, "no\u00A0break Größe", "no break Größe")
                 })
        {
            var eve = app.Stranger();
            await eve.Register($"eve{n}", made);
            await eve.SignIn(typed);
            (await app.Stranger().SubmitForm("/login", ("username", eve.Name), ("password", typed)))
                .Status.ShouldBe(303);
            (await eve.Post("/api/me/password",
                new { current_password = typed, password = $"{made}x", password_confirmation = $"{typed}x" }))
                .Status.ShouldBe(204);
            (await eve.Send(HttpMethod.Delete, "/api/me",
                System.Net.Http.Json.JsonContent.Create(new { password = $"{typed}x" }))).Status.ShouldBe(204);

            (await ana.Post("/api/users", new { username = $"budi{n}", password = made })).Status.ShouldBe(201);
            (await app.Stranger().Post("/api/login", new { username = $"budi{n}", password = typed }))
                .Status.ShouldBe(200);
            (await app.Stranger().Post("/api/login", new { username = $"budi{n}", password = $"{typed}y" }))
                .ShouldBeProblem(401, "wrong_credentials");
        }
    }

    [Theory, Databases]
    public async Task A_password_from_before_it_was_normalised_still_opens(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var typed = Accented.Normalize(NormalizationForm.FormD);
        var hash = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }))
            .HashPassword(new(), typed);
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "update account set password_hash = @Hash where id = @Id", new { Hash = hash, ana.Id }),
            TestContext.Current.CancellationToken);

        await app.Stranger().SignInAs(ana.Name, typed);
        (await ana.Post("/api/me/password", new { current_password = typed, password = "green-heron-17" }))
            .Status.ShouldBe(204);
    }

    private static List<string> Broken(string password) =>
        new PasswordRules(
            new Settings { PublicUrl = "https://inventory.club.example.org:8443/", Hosts = "club.example.org" })
            .Broken(PasswordHashing.Normal(password), new Account { Username = "zoé" });
}
