using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Pacil.Tests.Support;

public enum Transport
{
    WebSocket,
    EventStream,
    LongPoll,
}

/// <summary>
/// One frame of the feed, from any transport. The event is <c>entry</c> for a log entry of a workspace, and
/// <c>inbox</c> for a log entry of the reader's inbox.
/// </summary>
internal sealed record Frame(string Event, string? Id, JsonElement Data)
{
    /// <summary>Makes a frame of a log entry. An entry without a workspace belongs to the reader's inbox.</summary>
    public static Frame Entry(string? id, JsonElement data) => new(
        data.GetProperty("workspace").ValueKind == JsonValueKind.Null ? "inbox" : "entry", id, data);

    /// <summary>In a response to a command: the reference that the client sent with the command.</summary>
    public string? Ref { get; init; }

    public long Seq => Data.GetProperty("seq").GetInt64();
    public string Kind => Data.GetProperty("kind").GetString()!;
    public string? Key => Data.TryGetProperty("key", out var key) ? key.GetString() : null;
}

/// <summary>A client that follows the feed over one connection, or by successive long polls.</summary>
internal sealed class FeedReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] Passing = ["heartbeat", "here", "inbox", "user_joined", "user_left", "typing"];

    private readonly CancellationTokenSource end = new();
    private readonly Channel<Frame> frames = Channel.CreateUnbounded<Frame>();
    private readonly Task reading;
    private ClientWebSocket? socket;

    private FeedReader(Person person, Transport transport, string query) => reading = Pump(
        transport == Transport.WebSocket
            ? Socket(person, query, opened => socket = opened, end.Token)
            : Frames(person, transport, query, end.Token));

    /// <summary>Connects and waits for the server's "hello". A long poll has no "hello".</summary>
    /// <param name="query">The query string, such as <c>after=start&amp;follow=2</c>.</param>
    public static async Task<FeedReader> Open(Person person, Transport transport, string query = "")
    {
        var reader = new FeedReader(person, transport, query);
        if (transport == Transport.LongPoll) return reader;
        reader.Hello = await reader.Next("hello");
        return reader;
    }

    public Frame? Hello { get; private set; }

    public Task Send(object command) => socket!.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, true,
        TestContext.Current.CancellationToken);

    /// <summary>Sends a command over the WebSocket and waits for the response <c>done</c>.</summary>
    public async Task<JsonElement> Ask(object command)
    {
        await Send(command);
        return (await Next("done")).Data;
    }

    /// <summary>
    /// Waits for the next frame and checks its event. Skips heartbeats, presence events and inbox entries, unless the
    /// test asks for that event.
    /// </summary>
    public async Task<Frame> Next(string name = "entry")
    {
        var frame = await NextOf(name);
        frame.Event.ShouldBe(name, frame.Data.ToString());
        return frame;
    }

    /// <summary>
    /// Waits for the next frame. Skips heartbeats, presence events and inbox entries, unless their event is one of
    /// these names.
    /// </summary>
    public async Task<Frame> NextOf(params string[] names)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        Frame frame;
        do frame = await frames.Reader.ReadAsync(patience.Token);
        while (Passing.Contains(frame.Event) && !names.Contains(frame.Event));
        return frame;
    }

    public async Task<List<long>> NextSeqs(int count)
    {
        var seqs = new List<long>();
        while (seqs.Count < count) seqs.Add((await Next()).Seq);
        return seqs;
    }

    /// <summary>
    /// Waits until the server closes the stream. Returns the remaining frames without those of the inbox.
    /// </summary>
    public async Task<List<Frame>> Rest()
    {
        var rest = new List<Frame>();
        await reading.WaitAsync(Patience, TestContext.Current.CancellationToken);
        while (frames.Reader.TryRead(out var frame))
            if (frame.Event != "inbox") rest.Add(frame);
        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await reading;
        end.Dispose();
    }

    /// <summary>
    /// The frames of one connection or of successive long polls, until the stream ends or the connection breaks.
    /// </summary>
    public static IAsyncEnumerable<Frame> Frames(
        Person person, Transport transport, string query, CancellationToken cancellation) => transport switch
        {
            Transport.WebSocket => Socket(person, query, _ => { }, cancellation),
            Transport.EventStream => Events(person, query, cancellation),
            _ => Polls(person, query, cancellation),
        };

    private async Task Pump(IAsyncEnumerable<Frame> source)
    {
        try
        {
            await foreach (var frame in source) frames.Writer.TryWrite(frame);
            frames.Writer.Complete();
        }
        catch (Exception e)
        {
            frames.Writer.Complete(e);
        }
    }

    private static async IAsyncEnumerable<Frame> Socket(
        Person person, string query, Action<ClientWebSocket> opened,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var socket = await Connect(person, query, cancellation);
        opened(socket);
        var buffer = new byte[256 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                length += received.Count;
            }
            while (!received.EndOfMessage);
            if (received.MessageType == WebSocketMessageType.Close) yield break;
            yield return OfSocket(buffer.AsMemory(0, length));
        }
    }

    public static async Task<ClientWebSocket> Connect(Person person, string query, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        if (person.Bearer is { } token) socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        else
        {
            socket.Options.SetRequestHeader("Cookie", person.CookieHeader);
            socket.Options.SetRequestHeader("Origin", person.Site.GetLeftPart(UriPartial.Authority));
        }
        socket.Options.SetRequestHeader("X-Forwarded-For", person.Address);
        await socket.ConnectAsync(new Uri($"ws://{person.Site.Authority}/api/feed?{query}"), cancellation);
        return socket;
    }

    public static Frame OfSocket(ReadOnlyMemory<byte> message)
    {
        var json = JsonDocument.Parse(message.ToArray()).RootElement;
        var id = json.TryGetProperty("id", out var given) ? given.GetString() : null;
        var (name, data) = (json.GetProperty("event").GetString()!, json.GetProperty("data"));
        return name == "entry" ? Frame.Entry(id, data) : new Frame(name, id, data)
        {
            Ref = json.TryGetProperty("ref", out var reference) ? reference.ToString() : null,
        };
    }

    private static async IAsyncEnumerable<Frame> Events(
        Person person, string query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var http = Http(person, "text/event-stream");
        using var response = await http.GetAsync(
            $"/api/feed?{query}", HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation), Encoding.UTF8);
        var (name, id) = ("entry", (string?)null);
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0) (name, id) = ("entry", null);
            else if (line.StartsWith("event: ")) name = line[7..];
            else if (line.StartsWith("id: ")) id = line[4..];
            else if (line.StartsWith("data: "))
            {
                var data = JsonDocument.Parse(line[6..]).RootElement;
                yield return name == "entry" ? Frame.Entry(id, data) : new Frame(name, id, data);
            }
        }
    }

    private static async IAsyncEnumerable<Frame> Polls(
        Person person, string query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var http = Http(person, "application/json");
        var follow = string.Join('&', query.Split('&').Where(part => !part.StartsWith("after=")));
        while (true)
        {
            using var response = await http.GetAsync($"/api/feed?{query}", cancellation);
            response.EnsureSuccessStatusCode();
            var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation)).RootElement;
            var cursor = answer.GetProperty("cursor").GetString()!;
            if (answer.TryGetProperty("reset", out var reset)) yield return new Frame("reset", cursor, reset);
            if (answer.TryGetProperty("here", out var here))
                foreach (var one in here.EnumerateArray()) yield return new Frame("here", null, one);
            var entries = answer.GetProperty("entries").EnumerateArray().ToList();
            for (var i = 0; i < entries.Count; i++)
                yield return Frame.Entry(i == entries.Count - 1 ? cursor : null, entries[i]);
            query = $"after={cursor}&{follow}";
        }
    }

    private static HttpClient Http(Person person, string accept)
    {
        var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = person.Site };
        if (person.Bearer is { } token) http.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        else http.DefaultRequestHeaders.Add("Cookie", person.CookieHeader);
        http.DefaultRequestHeaders.Add("Accept", accept);
        http.DefaultRequestHeaders.Add("X-Forwarded-For", person.Address);
        return http;
    }
}
