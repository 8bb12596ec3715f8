using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Tests.Support;

namespace Pacil.Tests.Admin;

internal static class Administering
{
    /// <summary>Starts a server of its own. Ana is its administrator, and Budi has an ordinary account.</summary>
    public static async Task<(TestApp App, Person Ana, Person Budi)> Start(TestDatabase database)
    {
        var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        return (app, await app.SignIn("ana"), await app.SignIn("budi"));
    }

    /// <summary>
    /// Makes the account an administrator directly in the database. This also works if there is no administrator yet.
    /// </summary>
    public static async Task Promote(this TestApp app, Person person)
    {
        await app.Database.Write(Actor.Program, async tx =>
        {
            var account = (await AccountStore.Find(tx, person.Id))!;
            return await ChangeAccount.Apply(tx, account with { Administrator = true });
        }, TestContext.Current.CancellationToken);
        app.Services.GetRequiredService<SessionStore>().Revoke(person.Id);
    }

    /// <summary>Makes another account an administrator over the API.</summary>
    public static async Task Promote(this Person administrator, Person other)
    {
        var reply = await administrator.Patch($"/api/users/{other.Id}", new { administrator = true });
        reply.Status.ShouldBe(200, reply.Text);
    }

    public static async Task<JsonElement> User(this Person administrator, Person other) =>
        (await administrator.Get($"/api/users/{other.Id}")).Json;

    /// <summary>The kinds of the entries in the administrators' log, oldest first.</summary>
    public static async Task<List<string>> Log(this TestApp app) =>
        [.. (await app.Entries(Entry.Administration)).Select(entry => entry.Kind)];
}
