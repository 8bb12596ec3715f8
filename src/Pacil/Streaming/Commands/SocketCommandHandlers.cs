using System.Collections.Frozen;
using System.Text.Json;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Streaming.Commands;

/// <summary>Finds the handler of a command and turns its result, or any exception, into an answer.</summary>
internal sealed class SocketCommandHandlers(IEnumerable<SocketCommandHandler> handlers, ILogger<Problem> log)
{
    private readonly FrozenDictionary<string, SocketCommandHandler> byName =
        handlers.ToFrozenDictionary(handler => handler.Name);

    /// <returns>The client's <c>ref</c> as JSON, and the answer.</returns>
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

    /// <summary>Read first: it matches the answer to the command, whatever else is wrong with it.</summary>
    private static string? Reference(JsonElement command)
    {
        try
        {
            return command.TryGetProperty("ref", out var named) && IsText(named) ? named.GetRawText() : null;
        }
        catch (InvalidOperationException)
        {
            // The ref contains half a surrogate pair.
            return null;
        }
    }

    /// <summary>False if a string in it cannot be decoded, such as half a surrogate pair.</summary>
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
