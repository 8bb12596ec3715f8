using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Identity.Events;

/// <summary>A token was created.</summary>
internal sealed record TokenCreated : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("token_created", "token", static () => IdentityJson.Default.TokenCreated);

    public override EventText Describe(Entry entry) => new("token_created");
}
