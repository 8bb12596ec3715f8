using System.Net.Sockets;
using System.Text;

namespace Pacil.Tests.Support;

/// <summary>An HTTP request that is sent in pieces over a connection of its own.</summary>
internal sealed class HalfRequest : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient client = new();

    public static async Task<HalfRequest> Send(Uri site, string head, int bodyBytes = 0)
    {
        var request = new HalfRequest();
        await request.client.ConnectAsync(site.Host, site.Port, TestContext.Current.CancellationToken);
        await request.Send(head.ReplaceLineEndings("\r\n"));
        await request.Send(new string(' ', bodyBytes));
        return request;
    }

    /// <summary>Sends more of the request. Does nothing if the server has closed the connection.</summary>
    public async Task Send(string text)
    {
        try
        {
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The server has closed the connection. Its response, if it sent one, can still be read.
        }
    }

    /// <summary>
    /// The status line, the headers, and the part of the body that arrives with them. Empty if the server closes the
    /// connection without a response.
    /// </summary>
    public async Task<string> Answer()
    {
        var (buffer, cancellation) = (new byte[16 * 1024], TestContext.Current.CancellationToken);
        try
        {
            var length = await client.GetStream().ReadAsync(buffer, cancellation).AsTask()
                .WaitAsync(Patience, cancellation);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return "";
        }
    }

    public void Dispose() => client.Dispose();
}
