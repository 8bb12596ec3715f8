using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Npgsql;
using Pacil.Data;

namespace Pacil.Tests.Support;

/// <summary>Simulates faulty clients of a stream, and faults of the PostgreSQL server.</summary>
internal static class FaultInjection
{
    private const int IpProtocolTcp = 6;
    private const int TcpMaxSegment = 2;

    /// <summary>The first byte of a WebSocket close frame (RFC 6455, 5.2).</summary>
    private const byte CloseFrame = 0x88;

    /// <summary>
    /// Writes wide entries to the feed. 2,000 entries of the default width exceed the buffers of a connection.
    /// </summary>
    /// <param name="width">The number of characters in each entry.</param>
    public static Task FillFeed(Database database, Person person, int count = 2000, int width = 10_000)
    {
        var data = $$"""{"text": "{{new string('x', width)}}"}""";
        return database.Write(new Actor(person.Id, person.Name), tx =>
        {
            for (var n = 0; n < count; n++) tx.Record(new Change(person.Workspace, "item_changed", "item", 1, 1, data));
            return Task.FromResult(0);
        }, TestContext.Current.CancellationToken);
    }

    /// <summary>Requests the whole feed and reads nothing of the response.</summary>
    /// <param name="ahead">
    /// The size of the client's receive buffer in bytes. If the test reads later, a small buffer makes the client a
    /// slow reader.
    /// </param>
    public static async Task<TcpClient> NeverRead(Person person, Transport transport, int ahead = 4096)
    {
        var wanted = transport == Transport.WebSocket
            ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + $"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: http://{person.Site.Authority}"
            : $"Accept: {(transport == Transport.EventStream ? "text/event-stream" : "application/json")}";
        var client = new TcpClient { ReceiveBufferSize = ahead };
        // Linux derives the size of the send buffer from the segment size. With the large segments of the loopback
        // interface, the send buffer would hold a megabyte.
        client.Client.SetRawSocketOption(IpProtocolTcp, TcpMaxSegment, BitConverter.GetBytes(1400));
        await client.ConnectAsync(person.Site.Host, person.Site.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/feed?after=start HTTP/1.1\r\nHost: {person.Site.Authority}\r\n{wanted}\r\n"
            + $"Cookie: {person.CookieHeader}\r\n\r\n"),
            TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Opens a WebSocket and sends raw bytes over it.</summary>
    /// <returns>
    /// The status code with which the server closes the WebSocket. Fails if the server resets the connection instead.
    /// </returns>
    public static async Task<WebSocketCloseStatus> BreakFrames(Person person, params byte[] bytes)
    {
        using var client = await NeverRead(person, Transport.WebSocket);
        var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        // Reads the server's "hello". After "hello", the server sends nothing until it receives a frame.
        var length = 0;
        while (!Encoding.Latin1.GetString(buffer, 0, length).Contains("\"hello\""))
            length += await stream.ReadAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
        await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        int read;
        do length += read = await stream.ReadAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
        while (read > 0 && buffer[length - 4] != CloseFrame);
        buffer[length - 4].ShouldBe(CloseFrame);
        return (WebSocketCloseStatus)(buffer[length - 2] << 8 | buffer[length - 1]);
    }

    /// <summary>Closes the PostgreSQL connections over which Pacil's processes send signals to each other.</summary>
    public static async Task Deafen(string postgres)
    {
        await using var source = NpgsqlDataSource.Create(postgres);
        await using var cut = source.CreateCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            + "where datname = current_database() and application_name like 'pacil %'");
        await cut.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Allows or forbids new connections to the PostgreSQL database, and closes the open connections.
    /// </summary>
    public static async Task LetIn(string postgres, bool isSo)
    {
        var name = new NpgsqlConnectionStringBuilder(postgres).Database;
        await using var server = NpgsqlDataSource.Create(DatabasesAttribute.Server!);
        await using var change = server.CreateCommand(
            $"""
            alter database "{name}" allow_connections {isSo};
            select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'
            """);
        await change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
