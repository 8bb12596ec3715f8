using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Pacil.Tests.Support;

/// <summary>
/// What happens to the next COMMIT that passes a <see cref="FaultyTcpProxy"/>. The client never gets the response.
/// </summary>
public enum CommitOutcome
{
    /// <summary>PostgreSQL commits.</summary>
    Done,

    /// <summary>PostgreSQL commits, but only a second after the client is disconnected.</summary>
    DoneLate,

    /// <summary>PostgreSQL does not receive the COMMIT, and sees that the connection is closed.</summary>
    Undone,

    /// <summary>PostgreSQL does not receive the COMMIT, and continues to wait for it on an open connection.</summary>
    UndoneLate,
}

/// <summary>
/// A TCP proxy in front of PostgreSQL. It counts round trips. A test can make it break the connection at the next
/// COMMIT.
/// </summary>
internal sealed class FaultyTcpProxy : IAsyncDisposable
{
    private static readonly byte[] Commit = Encoding.ASCII.GetBytes("COMMIT\0");
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly Task accepting;
    private CommitOutcome? fate;
    private int roundTrips;

    /// <summary>How many times a client has sent something, and so waited for the server, on all connections.</summary>
    public int RoundTrips => Volatile.Read(ref roundTrips);

    public FaultyTcpProxy(string server)
    {
        this.server = new(server);
        listener.Start();
        accepting = Accept();
    }

    /// <summary>The connection string of the database through the proxy.</summary>
    public string To(string database) => new NpgsqlConnectionStringBuilder(database)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)listener.LocalEndpoint).Port,
    }.ConnectionString;

    public void Break(CommitOutcome next) => fate = next;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await accepting;
        end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await listener.AcceptSocketAsync(end.Token));
        }
        catch (OperationCanceledException)
        {
            // The proxy is being disposed.
        }
    }

    private async Task Serve(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await far.ConnectAsync(server.Host!, server.Port, end.Token);
        var (isMute, isAnswered) = (false, true);
        using (near)
            await Task.WhenAny(Pump(near, far, Meet), Pump(far, near, Answer));

        Task<bool> Answer(ReadOnlyMemory<byte> received)
        {
            Volatile.Write(ref isAnswered, true);
            return Task.FromResult(isMute);
        }

        // If the data contains a COMMIT, applies the chosen outcome. Returns true if the connection must end.
        async Task<bool> Meet(ReadOnlyMemory<byte> sent)
        {
            if (Volatile.Read(ref isAnswered)) Interlocked.Increment(ref roundTrips);
            Volatile.Write(ref isAnswered, false);
            if (fate is not { } next || sent.Span.IndexOf(Commit) < 0) return false;
            (fate, isMute) = (null, true);
            if (next is CommitOutcome.DoneLate or CommitOutcome.UndoneLate) near.Close();
            if (next is CommitOutcome.DoneLate) await Task.Delay(Late, end.Token);
            if (next is CommitOutcome.UndoneLate) await Task.Delay(Timeout.Infinite, end.Token);
            return next is CommitOutcome.Undone;
        }
    }

    private async Task Pump(Socket from, Socket to, Func<ReadOnlyMemory<byte>, Task<bool>> meet)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, end.Token) is > 0 and var length)
            {
                if (await meet(buffer.AsMemory(0, length))) return;
                await to.SendAsync(buffer.AsMemory(0, length), end.Token);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client, PostgreSQL or the proxy closed the connection.
        }
    }
}
