namespace Pacil.Log.Events;

/// <summary>An event in the inbox of an account. Only the pages and devices of its owner read it.</summary>
internal abstract record InboxEvent : Event;
