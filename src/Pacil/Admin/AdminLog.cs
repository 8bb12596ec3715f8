using System.Text.Json;
using Pacil.Accounts;
using Pacil.Data;
using Pacil.Feed;
using Pacil.Web;
using static Pacil.Web.Texts;

namespace Pacil.Admin;

/// <summary>What was done to accounts, by administrators and by their owners: the administrators' own feed.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Next">Where the page ends, if there is more.</param>
internal sealed record AdminLog(IReadOnlyList<AdminLog.Row> Entries, Paging.Position? Next)
{
    private const string Sort = "-seq";

    public static async Task<IResult> Handle(HttpContext context, Database database)
    {
        var log = await Read(context.Request, database, null);
        if (log.Next is not null) Paging.Link(context, log.Next);
        return new Answer(StatusCodes.Status200OK, EntryJson.Array(log.Entries, isInbox: true));
    }

    public static Task<AdminLog> Read(HttpRequest request, Database database, long? account) =>
        Read(Paging.Of(request, Sort), request, database, account);

    /// <summary>The latest few of it, or of what concerns one account.</summary>
    public static Task<AdminLog> Latest(HttpRequest request, Database database, long? account) =>
        Read(new Paging(LatestMax, null), request, database, account);

    private const int LatestMax = 10;

    private static async Task<AdminLog> Read(Paging page, HttpRequest request, Database database, long? account)
    {
        var rows = await database.Read(connection => connection.Query<Row>(
            $"""
            select {EntryJson.Columns}, subject.username as subject_name
            from entry
            left join account on account.id = entry.actor_id
            left join account subject on entry.subject_type = 'account' and subject.id = entry.subject_id
            where entry.feed_id = @Administration
              {(account is null ? "" : "and entry.subject_type = 'account' and entry.subject_id = @Account")}
              {(page.After is null ? "" : "and entry.seq < @Before")}
            order by entry.seq desc
            limit @Limit
            """,
            new { Entry.Administration, Account = account, Before = page.After?.Id, Limit = page.Limit + 1 }),
            request.HttpContext.RequestAborted);
        if (rows.Count <= page.Limit) return new AdminLog(rows, null);
        rows.RemoveAt(page.Limit);
        return new AdminLog(rows, new Paging.Position(Sort, null, rows[^1].Seq));
    }

    /// <summary>An entry and what its account is called now.</summary>
    public sealed record Row : Entry
    {
        public string? SubjectName { get; init; }

        /// <summary>ana locked the account of budi.</summary>
        public string Sentence
        {
            get
            {
                var kind = ActorId is null && Kind == "account_created" ? "account_registered"
                    : ActorId == SubjectId && Kind is "account_changed" or "account_erased" ? $"{Kind}_own"
                    : Kind;
                var actor = ActorName.Length > 0 ? Account.Shown(ActorName) : T("admin.log.console");
                return T($"admin.log.{kind}", actor, Account.Shown(SubjectName ?? ""), Detail);
            }
        }

        private string Detail
        {
            get
            {
                using var data = JsonDocument.Parse(Data);
                if (data.RootElement.TryGetProperty("to", out var mode))
                    return T($"admin.registration.{mode.GetString()}");
                return data.RootElement.TryGetProperty("fields", out var fields)
                    ? string.Join(", ", fields.EnumerateArray().Select(name => T($"field.{name.GetString()}")))
                    : "";
            }
        }
    }
}
