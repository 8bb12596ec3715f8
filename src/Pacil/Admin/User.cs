using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.OpenApi;
using Pacil.Web.Requests;

namespace Pacil.Admin;

/// <summary>An account as administrators see it.</summary>
[Example(
    """
    {
      "id": 2, "username": "budi", "email": null, "administrator": false, "locked": false, "version": 1,
      "created_at": "2026-11-21T08:14:05.120Z", "last_login": null
    }
    """)]
internal record User
{
    public required long Id { get; init; }
    public required string Username { get; init; }
    public required string? Email { get; init; }
    public required bool Administrator { get; init; }
    public required bool Locked { get; init; }
    public required long Version { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime? LastLogin { get; init; }

    private const string Select =
        """
        select id, username, username_key, email, administrator, locked_at is not null as locked, version, created_at,
          last_login_at as last_login
        from account
        where erased_at is null
        """;

    public static Task<User?> Find(Connection connection, long id) =>
        connection.First<User>($"{Select} and id = @Id", new { Id = id });

    /// <summary>
    /// Lists accounts by name. A search finds an account if every word occurs in its name or its address.
    /// </summary>
    /// <exception cref="ProblemException">422 if the search or a word of it is too long.</exception>
    public static async Task<Snapshot<User>> Query(Connection connection, string? search, Paging page)
    {
        var words = SearchWords.Of(
            search, "search", static word => Account.Key(word.Replace("\0", "").Replace("\uFFFE", "")));
        var matches = words.Select((_, i) => connection.Dialect.Pick(
            sqlite: $"and instr(username_key || ' ' || coalesce(email_key, ''), @Word{i}) > 0",
            postgres: $"and strpos(username_key || ' ' || coalesce(email_key, ''), @Word{i}) > 0"));
        var parameters = new Dictionary<string, object?>
        {
            ["Administration"] = Entry.Administration,
            ["Limit"] = page.Limit + 1,
            ["After"] = page.After?.Key,
        };
        for (var i = 0; i < words.Count; i++) parameters[$"Word{i}"] = words[i];
        var found = await connection.Query<FeedHead, User>(
            $"""
            select {FeedHead.Columns}, listed.*
            from feed
            left join (
              {Select} {string.Join(' ', matches)} {(page.After is null ? "" : "and username_key > @After")}
              order by username_key
              limit @Limit
            ) listed on true
            where feed.id = @Administration
            order by listed.username_key
            """, parameters);
        return Snapshot<User>.Of(found, page, last => new(Sort, Account.Key(last.Username), last.Id))!;
    }

    public const string Sort = "username";
}
