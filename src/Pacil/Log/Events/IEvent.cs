namespace Pacil.Log.Events;

/// <summary>An <see cref="Event"/> that can be recorded. <see cref="EventRegistry"/> finds it.</summary>
internal interface IEvent
{
    static abstract EventKind Kind { get; }
}
