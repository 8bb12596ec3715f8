using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web;

/// <summary>
/// Requests that crashed earlier versions or filled their memory. This class repeats the requests as fast as a small
/// machine can send them. The server must survive the requests and may refuse them or close their connections.
/// </summary>
internal sealed class Attacks(Uri site, Person attacker)
{
    private readonly Person account = attacker;

    private const int Connections = 200;
    private static readonly string Filler = new('x', 60_000);

    private static readonly (string Name, Func<Attacks, Task> Once)[] All =
    [
        ("names of texts", attack => attack.Stranger().Get($"/texts/{Guid.NewGuid()}-x.js")),
        ("names of time zones", attack => attack.account.Patch(
            "/api/me", new { time_zone = $"Europe{Slashes()}Paris" })),
        ("descriptions of the API", attack => attack.Stranger().Get("/openapi/v1.json")),
        ("searches", attack => attack.Search()),
        ("drafts", attack => attack.account.Put(
            $"/api/drafts/{Random.Shared.Next(300)}", new { text = Filler }, ("Idempotency-Key", $"{Guid.NewGuid()}"))),
        ("old versions", attack => attack.account.Put(
            "/api/items/1", new { name = "Old", description = Wide() }, ("If-Match", "\"1\""))),
        ("wide entries", attack => attack.account.Patch("/api/items/1", new { description = Wide() })),
        ("text that folds to more", attack => attack.account.Post(
            "/api/items", new { name = "Wide", description = new string('\uFDFA', 9_999) })),
        ("places", attack => attack.account.Get(
            $"/api/feed?wait=0&here={string.Join(
                ',', Enumerable.Range(0, 20).Select(_ => $"item:{Random.Shared.Next()}"))}")),
        ("guesses", attack => attack.Stranger()
            .Post("/api/login", new { username = $"{Guid.NewGuid()}", password = "guess-guess-1" })),
        ("polls that hardly read", attack => attack.ReadSlowly()),
        ("bodies that hardly come", attack => attack.SendSlowly()),
        ("pings", attack => attack.Ping()),
    ];

    private int requests;
    private CancellationToken end;

    public int Requests => requests;

    /// <summary>
    /// Creates items with repetitive text, which is costly to search, and an item for requests with very old versions.
    /// </summary>
    public async Task Prepare()
    {
        await account.CreateItem("Known by many versions");
        var description = string.Concat(Enumerable.Repeat(new string('a', 50) + "b", 196));
        for (var n = 0; n < 60; n++) await account.Post("/api/items", new { name = $"Hostile {n}", description });
    }

    /// <summary>Runs all attacks for that time. At the same time, <c>watch</c> observes the server.</summary>
    public async Task Run(TimeSpan length, Func<CancellationToken, Task> watch)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(length);
        end = limit.Token;
        await Task.WhenAll(
            [.. All.Select(attack => Repeat(attack.Once)), Crowd(ReadSlowly), Crowd(SendSlowly), watch(limit.Token)]);
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    private async Task Repeat(Func<Attacks, Task> once)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                Interlocked.Increment(ref requests);
                await once(this).WaitAsync(TimeSpan.FromMinutes(1), end);
                await Task.Delay(5, end);
            }
            catch (Exception e) when (e is IOException or SocketException or HttpRequestException
                or OperationCanceledException or TimeoutException)
            {
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }

    private Task Crowd(Func<Task> one) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Repeat(_ => one())));

    private Person Stranger() =>
        new(site, $"10.{Random.Shared.Next(256)}.{Random.Shared.Next(256)}.{Random.Shared.Next(1, 255)}");

    private async Task Search()
    {
        var text = new string('a', Random.Shared.Next(2) == 0 ? 60 : 3_000) + "b";
        // The client disconnects before the response.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        patience.CancelAfter(100);
        var list = Random.Shared.Next(2) == 0 ? "/api/items?search=" : "/api/search?q=";
        await account.Get(list + text).WaitAsync(patience.Token);
    }

    private async Task ReadSlowly()
    {
        using var client = await Connect(
            $"GET /api/feed?after=start HTTP/1.1\r\nHost: {site.Authority}\r\nCookie: {account.CookieHeader}\r\n\r\n",
            4096);
        var buffer = new byte[100];
        while (await client.GetStream().ReadAsync(buffer, end) > 0) await Task.Delay(500, end);
    }

    private async Task SendSlowly()
    {
        using var client = await Connect(
            $"POST /api/items HTTP/1.1\r\nHost: {site.Authority}\r\n"
            + $"X-Forwarded-For: 10.0.{Random.Shared.Next(256)}.7\r\n"
            + $"Cookie: {account.CookieHeader}\r\nX-CSRFToken: {account.Cookie("csrftoken")}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {1024 * 1024 - 1}\r\n\r\n");
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{{\"name\": \"{new string('x', 900_000)}"), end);
        while (true)
        {
            await Task.Delay(1_000, end);
            await stream.WriteAsync(new byte[300], end);
        }
    }

    private async Task Ping()
    {
        using var client = await Connect(
            $"GET /api/feed HTTP/1.1\r\nHost: {site.Authority}\r\nCookie: {account.CookieHeader}\r\n"
            + $"Origin: http://{site.Authority}\r\n"
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
        var stream = client.GetStream();
        // Each packet contains a hundred empty pings (RFC 6455, 5.5.2) whose mask is zero.
        var pings = new byte[600];
        for (var at = 0; at < pings.Length; at += 6) BinaryPrimitives.WriteUInt16BigEndian(pings.AsSpan(at), 0x8980);
        var reading = stream.CopyToAsync(Stream.Null, end);
        while (!reading.IsCompleted) await stream.WriteAsync(pings, end);
    }

    private async Task<TcpClient> Connect(string request, int ahead = 64 * 1024)
    {
        var client = new TcpClient { ReceiveBufferSize = ahead };
        await client.ConnectAsync(site.Host, site.Port, end);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), end);
        return client;
    }

    private static string Slashes() => new('/', Random.Shared.Next(1, 50));

    /// <summary>
    /// A new text of nearly 10,000 UTF-16 units. It consists mostly of emoji, so it takes 20 KB as UTF-8.
    /// </summary>
    private static string Wide() => string.Concat(Enumerable.Repeat("\U0001F529", 4_990)) + Random.Shared.Next(100_000);
}
