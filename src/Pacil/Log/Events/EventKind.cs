using System.Text.Json.Serialization.Metadata;
using Pacil.Web;

namespace Pacil.Log.Events;

/// <summary>A kind of entry: its name in the API, the type of its subject, and the JSON of its data.</summary>
internal sealed record EventKind
{
    private readonly Func<Event, string> write;
    private readonly Func<string, Event?> read;

    private EventKind(string name, string subject, Type type, Func<Event, string> write, Func<string, Event?> read)
    {
        (Name, SubjectType, Type) = (name, subject, type);
        (this.write, this.read) = (write, read);
    }

    /// <summary>The name in the API and in the database, in the past tense, such as <c>item_created</c>.</summary>
    public string Name { get; }

    /// <summary>The type of the changed thing in the API, such as <c>item</c>.</summary>
    public string SubjectType { get; }

    /// <summary>The type of the record that represents an entry of this kind.</summary>
    public Type Type { get; }

    /// <summary>
    /// Whether an entry of this kind only reports a result of another entry of the same write. An undo skips such an
    /// entry, because the undo of the other entry records a new result.
    /// </summary>
    public bool IsConsequence { get; init; }

    /// <summary>Whether the entry takes away its subject's access to the feed. The subject is an account.</summary>
    public bool RevokesAccess { get; init; }

    /// <summary>
    /// Whether a notification of this kind reveals nothing of a workspace's content, so that people who are not members
    /// may read it.
    /// </summary>
    public bool IsOfMembership { get; init; }

    /// <summary>The kind that belongs to a record, for example for use in SQL statements.</summary>
    public static EventKind Of<T>() where T : Event, IEvent => T.Kind;

    /// <param name="json">
    /// The JSON of the record's public properties. A function, so that the first write of the program need not prepare
    /// the JSON of all kinds.
    /// </param>
    public static EventKind New<T>(string name, string subject, Func<JsonTypeInfo<T>> json) where T : Event =>
        New(name, subject, json, static (T what) => what, static what => what);

    /// <param name="data">Returns the value that is stored as the data of the entry.</param>
    public static EventKind New<T, TData>(
        string name, string subject, Func<JsonTypeInfo<TData>> json, Func<T, TData> data, Func<TData, T> of)
        where T : Event where TData : class =>
        new(name, subject, typeof(T),
            what => Json.Text(data((T)what), json()),
            text => Json.Read(text, json()) is { } value ? of(value) : null);

    /// <summary>The data of an entry, as JSON.</summary>
    public string Write(Event what) => write(what);

    /// <returns>Null if the data has another shape, for example that of a later version of the program.</returns>
    public Event? Read(string data) => read(data);
}
