using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Accounts;
using Pacil.Data;
using Pacil.Tests.Support;

namespace Pacil.Tests.Admin;

/// <summary>What tests of the administrators' pages have in common.</summary>
internal static class Administering
{
    /// <summary>A program of its own, its administrator, and somebody else.</summary>
    public static async Task<(TestApp App, Person Ana, Person Budi)> Start(TestDatabase database)
    {
        var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        return (app, await app.SignIn("ana"), await app.SignIn("budi"));
    }

    /// <summary>Makes somebody an administrator in the database, where no administrator is known.</summary>
    public static async Task Promote(this TestApp app, Person person)
    {
        await app.Database.Write(Actor.Program, async tx =>
        {
            var account = (await AccountStore.Find(tx, person.Id))!;
            return await ChangeAccount.Apply(tx, account with { Administrator = true });
        }, TestContext.Current.CancellationToken);
        app.Services.GetRequiredService<Sessions>().Forget(person.Id);
    }

    /// <summary>Makes a second one, who is told at once.</summary>
    public static async Task Promote(this Person administrator, Person other)
    {
        var reply = await administrator.Patch($"/api/users/{other.Id}", new { administrator = true });
        reply.Status.ShouldBe(200, reply.Text);
    }

    public static async Task<JsonElement> User(this Person administrator, Person other) =>
        (await administrator.Get($"/api/users/{other.Id}")).Json;

    /// <summary>What the administrators' log tells, in order.</summary>
    public static async Task<List<string>> Log(this TestApp app) =>
        [.. (await app.Entries(Entry.Administration)).Select(entry => entry.Kind)];
}
