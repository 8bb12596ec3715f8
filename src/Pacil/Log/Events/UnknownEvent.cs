namespace Pacil.Log.Events;

/// <summary>An event that this version of the program cannot read.</summary>
internal sealed record UnknownEvent : Event;
