using System.Text.Json;
using System.Text.Json.Serialization;
using Pacil.Identity.Accounts;
using Pacil.Web;

namespace Pacil.Streaming.Presence;

/// <summary>
/// A message about presence from one process to the other processes that use the same database. It is sent as JSON, for
/// example <c>{"kind":"arrived","location":{"workspace":2,"place":"room:3","visitor":{"id":7,"name":"ana"}}}</c>.
/// </summary>
/// <param name="Kind">Null if the message is not about presence.</param>
/// <param name="Location">Set only for an arrival, a departure and typing.</param>
/// <param name="Count">Set only at the end of a full list: the number of locations in the list.</param>
internal sealed record PresenceMessage(
    PresenceMessageKind? Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PresenceLocation? Location = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Count = null)
{
    public string ToJson() => JsonSerializer.Serialize(this, PresenceJson.Short.PresenceMessage);

    /// <returns>Null if the JSON is not a valid message about presence.</returns>
    public static PresenceMessage? Read(string json) =>
        Json.Read(json, PresenceJson.Default.PresenceMessage) is { Kind: not null, IsValid: true } message
            ? message
            : null;

    private bool IsValid =>
        Kind is PresenceMessageKind.Arrived or PresenceMessageKind.Left or PresenceMessageKind.Typing
        ? Location is { Place: { } place, Visitor.Name: { } name }
            && (place.Length == 0 || PresenceLocation.IsPlace(place)) && Account.IsUsername(name)
        : Location is null;
}
