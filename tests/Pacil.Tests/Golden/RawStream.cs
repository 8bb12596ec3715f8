using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>
/// Reads and scrubs the frames of a stream. Each frame is one JSON object. A frame of server-sent events becomes an
/// object with the frame's fields.
/// </summary>
internal sealed class RawStream : IAsyncDisposable
{
    private readonly CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken);
    private readonly Channel<JsonObject> frames = Channel.CreateUnbounded<JsonObject>();
    private readonly Task reading;
    private ClientWebSocket? socket;

    private RawStream(Person person, bool isSocket, string query) =>
        reading = Read(isSocket ? Messages(person, query) : Events(person, query));

    public static async Task<RawStream> Open(Person person, Transport transport, string query)
    {
        var stream = new RawStream(person, transport == Transport.WebSocket, query);
        if (transport == Transport.EventStream) stream.Retry = await stream.Next(null);
        stream.Hello = await stream.Next("hello");
        return stream;
    }

    /// <summary>The first frame of server-sent events, which sets the reconnection time.</summary>
    public JsonObject? Retry { get; private set; }

    public JsonObject Hello { get; private set; } = null!;

    public Task Send(object command) => socket!.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, true, end.Token);

    /// <summary>
    /// Waits for the next frame with that event name. A log entry in server-sent events has no event name.
    /// </summary>
    public async Task<JsonObject> Next(string? name, Func<JsonObject, bool>? isMeant = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var frame = await frames.Reader.ReadAsync(patience.Token);
            if (frame["event"]?.GetValue<string>() == name && isMeant?.Invoke(frame) is not false) return frame;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await reading;
        end.Dispose();
    }

    private async Task Read(IAsyncEnumerable<JsonObject> source)
    {
        try
        {
            await foreach (var frame in source) frames.Writer.TryWrite((JsonObject)Scrub.Json(frame)!);
            frames.Writer.Complete();
        }
        catch (Exception e)
        {
            frames.Writer.Complete(e);
        }
    }

    private async IAsyncEnumerable<JsonObject> Messages(Person person, string query)
    {
        using var opened = socket = await FeedReader.Connect(person, query, end.Token);
        var buffer = new byte[256 * 1024];
        while (true)
        {
            // These frames are short, so ReceiveAsync returns each frame completely.
            var received = await opened.ReceiveAsync(buffer.AsMemory(), end.Token);
            if (received.MessageType == WebSocketMessageType.Close) yield break;
            received.EndOfMessage.ShouldBeTrue();
            yield return JsonNode.Parse(buffer.AsSpan(0, received.Count))!.AsObject();
        }
    }

    private async IAsyncEnumerable<JsonObject> Events(Person person, string query)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = person.Site };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/feed?{query}");
        request.Headers.Add("Cookie", person.CookieHeader);
        request.Headers.Add("Accept", "text/event-stream");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(end.Token), Encoding.UTF8);
        var frame = new JsonObject();
        while (await lines.ReadLineAsync(end.Token) is { } line)
        {
            if (line.Length == 0)
            {
                yield return frame;
                frame = [];
                continue;
            }
            var (name, value) = (line.Split(": ")[0], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
            frame.Add(name, name == "data" ? JsonNode.Parse(value) : value);
        }
    }
}
