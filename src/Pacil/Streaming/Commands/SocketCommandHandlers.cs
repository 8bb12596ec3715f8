using System.Collections.Frozen;
using System.Text.Json;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Streaming.Commands;

/// <summary>Finds and runs the handler of a command. Exceptions become problems for the client.</summary>
internal sealed class SocketCommandHandlers(IEnumerable<SocketCommandHandler> handlers, ILogger<Problem> log)
{
    private readonly FrozenDictionary<string, SocketCommandHandler> byName =
        handlers.ToFrozenDictionary(handler => handler.Name);

    /// <returns>
    /// The command's <c>ref</c> as JSON (null if the command has no valid <c>ref</c>), and the command's result.
    /// </returns>
    public async Task<(string? Ref, Result<byte[]> Answer)> Dispatch(
        HttpContext context, StreamContext feed, ReadOnlyMemory<byte> message)
    {
        string? reference = null;
        try
        {
            using var json = RequestFields.Parse(message);
            var command = json.RootElement;
            if (command.ValueKind != JsonValueKind.Object) return (null, Malformed);
            reference = Reference(command);
            if (!IsText(command)) return (reference, Malformed);
            if (!command.TryGetProperty("do", out var name) || name.ValueKind != JsonValueKind.String)
                return (reference, Malformed);
            return byName.TryGetValue(name.GetString()!, out var handler)
                ? (reference, await handler.Answer(new SocketRequest(context, feed, command)))
                : (reference, Problem.Invalid("do", "error.not_a_choice", string.Join(", ", byName.Keys.Order())));
        }
        catch (JsonException)
        {
            return (null, Malformed);
        }
        catch (Exception e)
        {
            return (reference, Problems.Of(e, context, log));
        }
    }

    /// <summary>
    /// The command's <c>ref</c> as JSON. The caller reads it before all other fields, so that the response to an
    /// invalid command contains it too.
    /// </summary>
    private static string? Reference(JsonElement command)
    {
        try
        {
            return command.TryGetProperty("ref", out var named) && IsText(named) ? named.GetRawText() : null;
        }
        catch (InvalidOperationException)
        {
            // The ref contains a string that cannot be decoded, such as an unpaired surrogate.
            return null;
        }
    }

    /// <summary>
    /// Whether all strings in a JSON value can be decoded. A string with an unpaired surrogate cannot be decoded.
    /// </summary>
    private static bool IsText(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.String => json.GetString() is not null,
                JsonValueKind.Array => json.EnumerateArray().All(IsText),
                JsonValueKind.Object => json.EnumerateObject().All(one => one.Name is not null && IsText(one.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static Problem Malformed => Problems.Of(StatusCodes.Status400BadRequest);
}
