using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Identity.Events;

/// <summary>A one-time link to sign in was created.</summary>
internal sealed record SignInLinkCreated : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("sign_in_link_created", "account", static () => IdentityJson.Default.SignInLinkCreated);

    public override EventText Describe(Entry entry) => new("sign_in_link_created");
}
