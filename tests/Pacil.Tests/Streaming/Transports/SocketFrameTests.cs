using System.Net.WebSockets;
using Pacil.Streaming.Transports;
using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming.Transports;

/// <summary>The rate limit of a WebSocket counts all frames, including control frames and fragments.</summary>
public sealed class SocketFrameTests
{
    private const int BurstMax = 250;

    private static readonly byte[] Ping = [0x89, 0x80, 0, 0, 0, 0];
    private static readonly byte[] Pong = [0x8a, 0x80, 0, 0, 0, 0];
    private static readonly byte[] Beginning = [0x01, 0x80, 0, 0, 0, 0];
    private static readonly byte[] EmptyFragment = [0x00, 0x80, 0, 0, 0, 0];
    private static readonly byte[] Close = [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8];

    [Fact]
    public async Task A_flood_of_frames_that_are_no_messages_is_closed_with_1008()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        foreach (var flood in new[]
                 {
                     Many(Ping, 2000), Many(Pong, 2000), [.. Beginning, .. Many(EmptyFragment, 2000)]
                 })
            (await FaultInjection.BreakFrames(ana, flood))
                .ShouldBe(WebSocketCloseStatus.PolicyViolation, Convert.ToHexString(flood[..6]));
    }

    [Fact]
    public async Task What_a_client_does_in_the_ordinary_way_is_not()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        // These zeros are the content of a message. If the server mistook them for frame headers, it would count one
        // frame for every two zeros.
        byte[] zeros = new byte[1000];
        byte[] message = [0x81, 0xfe, 0x03, 0xe8, 0, 0, 0, 0, .. zeros];
        byte[] longer = [0x81, 0xff, 0, 0, 0, 0, 0, 0, 0x03, 0xe8, 0, 0, 0, 0, .. zeros];
        byte[] all = [.. Many(Ping, 200), .. Many(message, 5), .. longer, .. Close];
        (await FaultInjection.BreakFrames(ana, all)).ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task Frames_are_told_apart_however_they_are_cut()
    {
        byte[] text = [0x81, 0xfe, 0, 200, 1, 2, 3, 4, .. new byte[200]];
        byte[] longer = [0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 130, 1, 2, 3, 4, .. new byte[130]];
        byte[] unmasked = [0x81, 0x02, 0x7b, 0x7d];
        byte[] few = [.. text, .. longer, .. unmasked, .. Many(Ping, BurstMax - 3)];
        foreach (var size in new[] { 1, 2, 3, 5, 7, 4096 })
        {
            await using var frames = new SocketFrames(
                new MemoryStream([.. few, .. Many(Pong, 100)]), TimeProvider.System);
            var read = new List<byte>();
            var buffer = new byte[size];
            while (await frames.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var length)
                read.AddRange(buffer[..length]);
            frames.IsTooMany.ShouldBeTrue();
            // The rate limit recovers while the test reads, so up to four more frames may be accepted.
            Convert.ToHexString([.. read]).ShouldBeOneOf(
                [.. Enumerable.Range(0, 5)
                    .Select(n => Convert.ToHexString([.. few, .. Many(Pong, n), 0x88, 0x80, 0, 0, 0, 0]))]);
        }
    }

    private static byte[] Many(byte[] frame, int count) =>
        [.. Enumerable.Repeat(frame, count).SelectMany(bytes => bytes)];
}
