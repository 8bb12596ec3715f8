using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web.Language;

namespace Pacil.Admin;

/// <summary>An administrator changed who may register.</summary>
internal sealed record RegistrationChanged(string To) : AdministrationEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("registration_changed", "registration", static () => AdminJson.Default.RegistrationChanged);

    public override EventText Describe(Entry entry) => new("registration_changed")
    {
        Value = Texts.T($"admin.registration.{To}"),
    };
}
