using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Pacil.Tests.Support;

/// <summary>The outcome of the next commit through a <see cref="FaultyTcpProxy"/>. Its client gets no answer.</summary>
public enum CommitOutcome
{
    /// <summary>The commit takes effect.</summary>
    Done,

    /// <summary>The commit takes effect after a delay.</summary>
    DoneLate,

    /// <summary>The commit does not reach the server, and the server sees the connection close.</summary>
    Undone,

    /// <summary>The commit does not reach the server, and the server keeps waiting.</summary>
    UndoneLate,
}

/// <summary>A TCP proxy in front of PostgreSQL that breaks the connection on demand.</summary>
internal sealed class FaultyTcpProxy : IAsyncDisposable
{
    private static readonly byte[] Commit = Encoding.ASCII.GetBytes("COMMIT\0");
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly Task accepting;
    private CommitOutcome? fate;

    public FaultyTcpProxy(string server)
    {
        this.server = new(server);
        listener.Start();
        accepting = Accept();
    }

    /// <summary>The connection string through the proxy.</summary>
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
        var isMute = false;
        using (near)
            await Task.WhenAny(Pump(near, far, Meet), Pump(far, near, _ => Task.FromResult(isMute)));

        // Applies the pending outcome to a commit; true if the connection ends with it.
        async Task<bool> Meet(ReadOnlyMemory<byte> sent)
        {
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
            // Either side closed the connection.
        }
    }
}
