using System.Globalization;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log.Events;
using Pacil.Streaming;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.ActivityLog;

/// <summary>
/// The filters and the requested page of entries, from the query string of a request for a workspace's log.
/// </summary>
/// <param name="Person">The account id of the actor.</param>
/// <param name="From">Selects entries at this UTC time or later.</param>
/// <param name="To">Selects entries before this UTC time.</param>
internal sealed record EntryQuery(string? Kind, long? Person, long? Item, DateTime? From, DateTime? To, Paging Page)
{
    /// <summary>
    /// The maximum number of bytes of entry data on a page of entries, not counting the first entry. A page of large
    /// entries has fewer entries.
    /// </summary>
    private const int DataBytesMax = 512 * 1024;

    public const string Sort = "-seq";

    public static readonly Parameter[] AskedOfItem =
    [
        Parameter.Text("kind", "One kind of entry, as item_created."),
        Parameter.Integer("person", "Whose changes: the id of an account."),
        Parameter.Text("from", "A moment, as 2026-11-21T08:14:00Z, or a day of your time zone, as 2026-11-21."),
        Parameter.Text("to", "The same; a moment is excluded, a day is included."),
        .. Paging.Asked,
    ];

    public static readonly Parameter[] Asked = [Parameter.Integer("item", "The id of an item."), .. AskedOfItem];

    public bool IsFiltered => Kind is not null || Person is not null || Item is not null || From is not null || IsPast;

    /// <summary>
    /// Whether this page of entries does not reach up to the latest entry. New entries then do not belong on the page.
    /// </summary>
    public bool IsPast => To is not null || Page.After is not null;

    /// <param name="item">The item that the path names. If it is null, the query string may name an item.</param>
    /// <exception cref="ProblemException">422: a filter is invalid. 400: the cursor is invalid here.</exception>
    public static EntryQuery Of(HttpRequest request, long? item = null)
    {
        var kind = Text(request, "kind");
        if (kind is not null && !EventRegistry.NamesOfWorkspaces.Contains(kind))
            throw Refused("kind", "error.not_a_choice", string.Join(", ", EventRegistry.NamesOfWorkspaces));
        var zone = CurrentUser.Of(request.HttpContext).TimeZone;
        var (from, to) = (Time(request, "from", zone, 0), Time(request, "to", zone, 1));
        if (to <= from) throw Refused("to", "error.before_the_beginning");
        return new EntryQuery(
            kind, Number(request, "person"), item ?? Number(request, "item"), from, to, Paging.Of(request, Sort));
    }

    /// <summary>Reads the page of entries and the head of its feed by one statement, in one snapshot.</summary>
    /// <returns>Null if the caller is not a member of the workspace.</returns>
    public async Task<LogPage?> Run(Connection connection, CurrentWorkspace workspace)
    {
        var bytes = new RowBytes(DataBytesMax);
        var rows = await connection.Query<LoggedEntry>(
            $"""
            select feed.head as feed_head, feed.mark as feed_mark, member.role, logged.*
            from member
            join feed on feed.id = member.workspace_id
            left join (
              select {FeedLog.EntryColumns}, coalesce(item.name, subject.username) as subject_name,
                {RowBytes.Ahead(connection.Dialect, "entry.data", "entry.seq desc")} as ahead,
                exists (
                  select 1 from entry later where later.feed_id = entry.feed_id and later.undoes = entry.seq
                ) as is_undone
              from entry
              left join account on account.id = entry.actor_id
              left join item on entry.subject_type = 'item' and item.id = entry.subject_id
              left join account subject on entry.subject_type = 'account' and subject.id = entry.subject_id
              where entry.feed_id = @Workspace {Chosen}
              order by entry.seq desc
              limit @Limit
            ) logged on logged.ahead <= {DataBytesMax}
            where member.workspace_id = @Workspace and member.account_id = @Account
            order by logged.seq desc
            """,
            new
            {
                Workspace = workspace.Id,
                workspace.Account,
                Kind,
                Person,
                Item,
                From,
                To,
                Before = Page.After?.Id,
                Limit = Page.Limit + 1,
            }, row => bytes.Add(row.Data));
        return rows.Count == 0 ? null : LogPage.Of(rows, Page.Within(bytes, rows.Count));
    }

    private string Chosen => string.Join(' ', new[]
    {
        Kind is null ? null : "and entry.kind = @Kind",
        Person is null ? null : "and entry.actor_id = @Person",
        Item is null ? null : "and entry.subject_type = 'item' and entry.subject_id = @Item",
        From is null ? null : "and entry.at >= @From",
        To is null ? null : "and entry.at < @To",
        Page.After is null ? null : "and entry.seq < @Before",
    }.OfType<string>());

    private static string? Text(HttpRequest request, string name) =>
        request.Query[name].FirstOrDefault() is { Length: > 0 } text ? text : null;

    private static long? Number(HttpRequest request, string name) => Text(request, name) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Refused(name, "error.not_a_whole_number"),
    };

    /// <summary>Reads a time, or a date, which stands for the start of that day in the reader's time zone.</summary>
    /// <param name="days">The days to add to a date: 1 for <c>to</c>, because the whole day is included.</param>
    private static DateTime? Time(HttpRequest request, string name, TimeZoneInfo zone, int days)
    {
        if (Text(request, name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day < DateOnly.MaxValue)
            return Midnight(day.AddDays(days), zone);
        return DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.UtcDateTime
            : throw Refused(name, "error.not_a_time");
    }

    /// <summary>
    /// The UTC time at which a day starts in a time zone. If the clocks go forward at midnight, the day starts later
    /// than 00:00.
    /// </summary>
    private static DateTime Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(30);
        return TimeZoneInfo.ConvertTimeToUtc(midnight, zone);
    }

    private static ProblemException Refused(string field, string error, params object?[] arguments) =>
        new(Problem.Invalid(field, error, arguments));
}
