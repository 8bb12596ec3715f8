using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Identity.Events;

/// <summary>A token was revoked.</summary>
internal sealed record TokenRevoked : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("token_revoked", "token", static () => IdentityJson.Default.TokenRevoked);

    public override EventText Describe(Entry entry) => new("token_revoked");
}
