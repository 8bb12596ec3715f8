using Pacil.Web;

namespace Pacil.Feed;

/// <summary>
/// What a client may ask for over its WebSocket, as <c>{"do": NAME, "ref", "key"?, …}</c>. Registered as a service,
/// so that slices above bring their own.
/// </summary>
/// <param name="Answer">What the <c>done</c> frame says, a JSON value; or the problem.</param>
internal sealed record SocketCommandHandler(string Name, Func<SocketRequest, Task<Result<byte[]>>> Answer)
{
    /// <summary>Where there is nothing to say but that it is done.</summary>
    public static readonly byte[] Done = "{}"u8.ToArray();
}
