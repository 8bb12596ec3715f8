using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Tests.Support;

namespace Pacil.Tests.Admin;

/// <summary>Helpers for tests of administration.</summary>
internal static class Administering
{
    /// <summary>Starts a program of its own with an administrator and a second account.</summary>
    public static async Task<(TestApp App, Person Ana, Person Budi)> Start(TestDatabase database)
    {
        var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        return (app, await app.SignIn("ana"), await app.SignIn("budi"));
    }

    /// <summary>Promotes the account in the database, for programs without an administrator.</summary>
    public static async Task Promote(this TestApp app, Person person)
    {
        await app.Database.Write(Actor.Program, async tx =>
        {
            var account = (await AccountStore.Find(tx, person.Id))!;
            return await ChangeAccount.Apply(tx, account with { Administrator = true });
        }, TestContext.Current.CancellationToken);
        app.Services.GetRequiredService<SessionStore>().Forget(person.Id);
    }

    /// <summary>Promotes another account over the API.</summary>
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
