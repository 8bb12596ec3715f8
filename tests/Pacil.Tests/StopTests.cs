using System.Diagnostics;
using Pacil.Tests.Support;

namespace Pacil.Tests;

[Collection<SerialTests>]
public sealed class StopTests
{
    [Fact]
    public async Task It_stops_at_once_and_cleanly_and_starts_again_where_it_was()
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        await using var pacil = await PacilProcess.Start(place.Folder);
        var ana = await pacil.SignIn("ana");
        await ana.CreateItem("Bolt");

        var watch = Stopwatch.StartNew();
        (await pacil.Terminate()).ShouldBe(0);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));

        await pacil.Restart();
        (await ana.Names("/api/items")).ShouldBe(["Bolt"]);
    }
}
