using Pacil.Data;
using Pacil.Streaming.Presence;
using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming.Presence;

/// <summary>Messages about presence, as another process on the same database sends them.</summary>
internal static class OtherProcess
{
    public static readonly PresenceMessage Begin = new(PresenceMessageKind.ListBegins);

    public static PresenceMessage End(int count) => new(PresenceMessageKind.ListEnds, Count: count);

    /// <summary>The arrival of the user "guest1001", if the id is 1001, in Ana's workspace.</summary>
    public static PresenceMessage Guest(Person ana, int id) => Guest(ana, id, "", $"guest{id}");

    public static PresenceMessage Guest(Person ana, int id, string place, string name = "guest") =>
        new(PresenceMessageKind.Arrived, new PresenceLocation(ana.Workspace, place, new PresentUser(id, name)));

    public static void Say(this Database other, params PresenceMessage[] messages)
    {
        foreach (var message in messages) other.Broadcast(message.ToJson());
    }
}
