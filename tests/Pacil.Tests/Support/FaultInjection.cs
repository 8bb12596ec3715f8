using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Npgsql;
using Pacil.Data;

namespace Pacil.Tests.Support;

/// <summary>Faults of stream clients.</summary>
internal static class FaultInjection
{
    private const int IpProtocolTcp = 6;
    private const int TcpMaxSegment = 2;

    /// <summary>The first byte of a close frame (RFC 6455, 5.2). The frame holds only the status code.</summary>
    private const byte CloseFrame = 0x88;

    /// <summary>Writes wide entries to the feed. 2,000 of them exceed the buffers of a connection.</summary>
    /// <param name="width">Characters in each entry.</param>
    public static Task FillFeed(Database database, Person person, int count = 2000, int width = 10_000)
    {
        var data = $$"""{"text": "{{new string('x', width)}}"}""";
        return database.Write(new Actor(person.Id, person.Name), tx =>
        {
            for (var n = 0; n < count; n++) tx.Record(new Change(person.Workspace, "item_changed", "item", 1, 1, data));
            return Task.FromResult(0);
        }, TestContext.Current.CancellationToken);
    }

    /// <summary>Requests the whole feed and reads nothing.</summary>
    /// <param name="ahead">
    /// The size of the client's receive buffer in bytes. A small one is slow to drain later.
    /// </param>
    public static async Task<TcpClient> NeverRead(Person person, Transport transport, int ahead = 4096)
    {
        var wanted = transport == Transport.WebSocket
            ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + $"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: http://{person.Site.Authority}"
            : $"Accept: {(transport == Transport.EventStream ? "text/event-stream" : "application/json")}";
        var client = new TcpClient { ReceiveBufferSize = ahead };
        // Linux sizes the send buffer by the segment size. With the loopback's segments it takes a megabyte at once.
        client.Client.SetRawSocketOption(IpProtocolTcp, TcpMaxSegment, BitConverter.GetBytes(1400));
        await client.ConnectAsync(person.Site.Host, person.Site.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/feed?after=start HTTP/1.1\r\nHost: {person.Site.Authority}\r\n{wanted}\r\n"
            + $"Cookie: {person.CookieHeader}\r\n\r\n"),
            TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Sends raw bytes after a WebSocket handshake.</summary>
    /// <returns>The status code with which the server closes. Fails if the connection is reset instead.</returns>
    public static async Task<WebSocketCloseStatus> BreakFrames(Person person, params byte[] bytes)
    {
        using var client = await NeverRead(person, Transport.WebSocket);
        var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        // Reads past the server's hello; afterwards the server waits.
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

    /// <summary>Ends the PostgreSQL connections over which processes notify each other.</summary>
    public static async Task Deafen(string postgres)
    {
        await using var source = NpgsqlDataSource.Create(postgres);
        await using var cut = source.CreateCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            + "where datname = current_database() and application_name like 'pacil %'");
        await cut.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Allows or forbids new connections to the database, and ends those that are open.</summary>
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
