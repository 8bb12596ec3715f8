using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming;

public sealed class StreamCapTests
{
    [Theory]
    [InlineData("site")]
    [InlineData("process")]
    public async Task A_site_and_the_process_hold_so_many_streams(string who)
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => who == "site"
            ? settings with { StreamsPerAddress = 1 }
            : settings with { StreamsPerProcess = 4 });
        var readers = new List<FeedReader>();
        for (var n = 0; n < 4; n++)
            readers.Add(await FeedReader.Open(await Follower(n), Transport.EventStream));

        var fifth = await Follower(4);
        (await fifth.Get("/api/feed?wait=0")).ShouldBeProblem(429, "too_many_streams")
            .Header("Retry-After").ShouldBe("5");

        await readers[0].DisposeAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await fifth.Get("/api/feed?wait=0")).Status != 200) await Task.Delay(20, limit.Token);
        foreach (var reader in readers.Skip(1)) await reader.DisposeAsync();

        async Task<Person> Follower(int n)
        {
            var person = who == "site" ? new Person(app.Address, $"2001:db8:5:{n:x}::1") : app.Stranger();
            await person.Register($"reader{n}");
            await person.SignIn();
            return person;
        }
    }
}
