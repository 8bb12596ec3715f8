using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Npgsql;
using Pacil.Data;

namespace Pacil.Tests.Support;

/// <summary>What goes wrong with streams out there.</summary>
internal static class FaultInjection
{
    private const int IpProtocolTcp = 6;
    private const int TcpMaxSegment = 2;

    /// <summary>How it begins (RFC 6455, 5.2); the code is all that it holds.</summary>
    private const byte CloseFrame = 0x88;

    /// <summary>Wide entries; 2,000 are more than a network takes in unread.</summary>
    /// <param name="width">Characters of each.</param>
    public static Task FillFeed(Database database, Person person, int count = 2000, int width = 10_000)
    {
        var data = $$"""{"text": "{{new string('x', width)}}"}""";
        return database.Write(new Actor(person.Id, person.Name), tx =>
        {
            for (var n = 0; n < count; n++) tx.Record(new Change(person.Workspace, "item_changed", "item", 1, 1, data));
            return Task.FromResult(0);
        }, TestContext.Current.CancellationToken);
    }

    /// <summary>Asks for the whole feed and reads nothing of it.</summary>
    /// <param name="ahead">How many bytes its system takes nevertheless; few are slow to read later.</param>
    public static async Task<TcpClient> NeverRead(Person person, Transport transport, int ahead = 4096)
    {
        var wanted = transport == Transport.WebSocket
            ? $"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: http://{person.Site.Authority}"
            : $"Accept: {(transport == Transport.EventStream ? "text/event-stream" : "application/json")}";
        var client = new TcpClient { ReceiveBufferSize = ahead };
        // Linux sizes the sender's buffer by the segment: with those of the loopback it takes a whole megabyte at once.
        client.Client.SetRawSocketOption(IpProtocolTcp, TcpMaxSegment, BitConverter.GetBytes(1400));
        await client.ConnectAsync(person.Site.Host, person.Site.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/feed?after=start HTTP/1.1\r\nHost: {person.Site.Authority}\r\n{wanted}\r\nCookie: {person.CookieHeader}\r\n\r\n"),
            TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Sends these bytes over a WebSocket, whatever they are.</summary>
    /// <returns>Why the server then closed it; fails where the connection is reset instead.</returns>
    public static async Task<WebSocketCloseStatus> BreakFrames(Person person, params byte[] bytes)
    {
        using var client = await NeverRead(person, Transport.WebSocket);
        var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        // What it says first; afterwards it waits.
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

    /// <summary>Cuts the connections over which processes on one server tell each other.</summary>
    public static async Task Deafen(string postgres)
    {
        await using var source = NpgsqlDataSource.Create(postgres);
        await using var cut = source.CreateCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'pacil %'");
        await cut.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Throws everybody out of a database on a server and lets nobody in, until told otherwise.</summary>
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
