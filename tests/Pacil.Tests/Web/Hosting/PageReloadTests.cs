using Pacil.Tests.Support;

namespace Pacil.Tests.Web.Hosting;

/// <summary>What <c>dotnet watch</c> needs to reload a page, and only if it runs the program.</summary>
public sealed class PageReloadTests
{
    private const string Script = "/_framework/aspnetcore-browser-refresh.js";

    [Fact]
    public async Task Under_dotnet_watch_a_page_loads_its_script_and_may_connect_to_it()
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        await using var watched = await PacilProcess.Start(
            ("ASPNETCORE_AUTO_RELOAD_WS_ENDPOINT", "wss://localhost:2,ws://localhost:1"), place.Folder);

        var page = await new Person(watched.Address, "127.0.0.1").Page("/login");

        page.Text.ShouldContain($"<script src=\"{Script}\" defer></script>");
        page.Header("Content-Security-Policy").ShouldNotBeNull()
            .ShouldContain("; connect-src 'self' wss://localhost:2 ws://localhost:1; ");
    }

    [Fact]
    public async Task Otherwise_it_does_neither()
    {
        var page = await (await TestApp.On(TestDatabase.Sqlite)).Stranger().Page("/login");

        page.Text.ShouldNotContain(Script);
        page.Header("Content-Security-Policy").ShouldNotBeNull().ShouldContain("; connect-src 'self'; ");
    }
}
