using Pacil.Tests.Admin;
using Pacil.Tests.Support;

namespace Pacil.Tests.Identity.Accounts;

/// <summary>
/// E-mail addresses are not verified. So several accounts may have the same address, and a request to set an address
/// does not reveal whether another account already has this address.
/// </summary>
public sealed class EmailTests
{
    private const string Anas = "Ana@example.org";

    [Theory, Databases]
    public async Task Nothing_tells_that_another_account_has_an_address(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        (await ana.Patch("/api/me", new { email = Anas })).Status.ShouldBe(200);

        foreach (var email in new[] { "nobody@example.org", Anas, "ANA@EXAMPLE.ORG" })
        {
            (await budi.Patch("/api/me", new { email })).Json.GetProperty("email").GetString().ShouldBe(email);
            (await budi.SubmitForm(
                "/settings", ("username", "budi"), ("email", email), ("language", ""), ("time_zone", "UTC")))
                .Status.ShouldBe(303);
            var batch = await budi.Post("/api/batch",
                new { requests = new[] { new { method = "PATCH", path = "/api/me", body = new { email } } } });
            batch.Json.GetProperty("responses")[0].GetProperty("status").GetInt32().ShouldBe(200, batch.Text);

            var name = $"eve{Guid.NewGuid():N}";
            (await app.Stranger().Post("/api/register", new { username = name, email, password = TestApp.Password }))
                .Status.ShouldBe(201);
            (await app.Stranger().SubmitForm(
                "/register", ("username", $"{name}.page"), ("email", email), ("password", TestApp.Password)))
                .Status.ShouldBe(303);
            (await ana.Post("/api/users", new { username = $"{name}.made", email })).Status.ShouldBe(201);
            (await ana.Patch($"/api/users/{budi.Id}", new { email })).Status.ShouldBe(200);
        }
        (await ana.Get("/api/users?search=ana@example.org")).Json.GetArrayLength().ShouldBe(8);
    }
}
