using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log;
using Pacil.Log.Events;
using Pacil.Streaming;
using Pacil.Web;
using static Pacil.Web.Language.Texts;

namespace Pacil.Admin;

/// <summary>
/// The feed that administrators read. It records changes of the registration setting, and changes of accounts by
/// administrators or by the accounts' own users.
/// </summary>
internal static class AdminLog
{
    private const string Sort = "-seq";
    private const int LatestMax = 10;

    public static async Task<IResult> Handle(HttpContext context, Database database)
    {
        var log = await Read(context.Request, database);
        log.Announce(context);
        return new ApiResponse(StatusCodes.Status200OK, EntryJson.Array(log.Rows));
    }

    public static Task<Snapshot<Row>> Read(HttpRequest request, Database database) =>
        Read(Paging.Of(request, Sort), request, database, null);

    /// <summary>The latest entries about one account, or the latest of all entries if <c>account</c> is null.</summary>
    public static Task<Snapshot<Row>> Latest(HttpRequest request, Database database, long? account) =>
        Read(new Paging(LatestMax, null), request, database, account);

    private static async Task<Snapshot<Row>> Read(
        Paging page, HttpRequest request, Database database, long? account)
    {
        var found = await database.Read(connection => connection.Query<FeedHead, Row>(
            $"""
            select {FeedHead.Columns}, listed.*
            from feed
            left join (
              select {FeedLog.EntryColumns}, subject.username as subject_name
              from entry
              left join account on account.id = entry.actor_id
              left join account subject on entry.subject_type = 'account' and subject.id = entry.subject_id
              where entry.feed_id = @Administration
                {(account is null ? "" : "and entry.subject_type = 'account' and entry.subject_id = @Account")}
                {(page.After is null ? "" : "and entry.seq < @Before")}
              order by entry.seq desc
              limit @Limit
            ) listed on true
            where feed.id = @Administration
            order by listed.seq desc
            """,
            new { Entry.Administration, Account = account, Before = page.After?.Id, Limit = page.Limit + 1 },
            split: "feed_id"),
            request.HttpContext.RequestAborted);
        return Snapshot<Row>.Of(found, page, last => new(Sort, null, last.Seq))!;
    }

    /// <summary>An entry, with the current name of the account that it is about.</summary>
    public sealed record Row : Entry
    {
        public string? SubjectName { get; init; }

        /// <summary>For example "ana locked the account of budi".</summary>
        public string Sentence
        {
            get
            {
                var text = EventRegistry.Read(this).Describe(this);
                var actor = ActorName.Length > 0 ? Account.Shown(ActorName) : T("admin.log.console");
                return T($"admin.log.{text.Key}", actor, Account.Shown(SubjectName ?? ""), text.Value ?? "");
            }
        }
    }
}
