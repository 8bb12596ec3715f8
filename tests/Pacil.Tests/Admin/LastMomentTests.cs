using System.Text;
using Pacil.Data;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Admin;

/// <summary>What others keep of an account that is erased.</summary>
public sealed class LastMomentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task No_kept_answer_of_others_says_who_is_erased(TestDatabase database)
    {
        var (app, ana, budi) = await Administering.Start(database);
        await using var _ = app;
        var dian = await app.SignIn("dian.unmistakable");
        var (there, left) = (await budi.CreateWorkspace("Lab"), await budi.CreateWorkspace("Club"));
        await Kept(ana, $"/api/users/{dian.Id}", new { email = "dian@mail.example" });
        await Kept(ana, $"/api/users/{budi.Id}", new { email = "budi@mail.example" });
        foreach (var workspace in new[] { there, left })
        {
            await budi.Admit(dian, Role.Viewer, workspace);
            var made = await budi.Put($"/api/w/{workspace}/members/{dian.Id}", new { role = "editor" }, Key());
            made.Status.ShouldBe(200, made.Text);
        }
        (await budi.Delete($"/api/w/{left}/members/{dian.Id}")).Status.ShouldBe(204);
        (await Answers(app)).ShouldContain("dian");

        (await ana.Delete($"/api/users/{dian.Id}", Key())).Status.ShouldBe(204);

        (await Answers(app)).ShouldNotContain("dian");
        (await Answers(app)).ShouldContain("budi@mail.example");
    }

    private static async Task Kept(Person person, string path, object change)
    {
        var reply = await person.Patch(path, change, Key());
        reply.Status.ShouldBe(200, reply.Text);
    }

    private static async Task<string> Answers(TestApp app) => string.Join('\n', (await app.Database.Read(
        connection => connection.Query<byte[]>("select body from idempotency where body is not null"), Cancellation))
        .Select(Encoding.UTF8.GetString));

    private static (string, string) Key() => ("Idempotency-Key", $"{Guid.NewGuid()}");
}
