using Pacil.Web;

namespace Pacil.Streaming.Commands;

/// <summary>
/// A command that a client may send over its WebSocket: <c>{"do": NAME, "ref", "key"?, …}</c>. Registered as a service,
/// so that slices above this one add their own.
/// </summary>
/// <param name="Answer">Returns the JSON value of the <c>done</c> frame, or the problem.</param>
internal sealed record SocketCommandHandler(string Name, Func<SocketRequest, Task<Result<byte[]>>> Answer)
{
    /// <summary>For a command that has nothing to return.</summary>
    public static readonly byte[] Done = "{}"u8.ToArray();
}
