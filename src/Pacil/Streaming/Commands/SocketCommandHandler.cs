using Pacil.Web;

namespace Pacil.Streaming.Commands;

/// <summary>
/// A command that a client may send over its WebSocket: <c>{"do": NAME, "ref", "key"?, …}</c>. Handlers are registered
/// as services, so that other folders, such as Chat, can add commands.
/// </summary>
/// <param name="Answer">Runs the command. Returns the data of the <c>done</c> frame as JSON, or a problem.</param>
internal sealed record SocketCommandHandler(string Name, Func<SocketRequest, Task<Result<byte[]>>> Answer)
{
    /// <summary>The data of the <c>done</c> frame for a command without a result.</summary>
    public static readonly byte[] Done = "{}"u8.ToArray();
}
