namespace Pacil.Log.Events;

/// <summary>An event in the inbox of an account. Only the account's own pages and devices read the event.</summary>
internal abstract record InboxEvent : Event;
