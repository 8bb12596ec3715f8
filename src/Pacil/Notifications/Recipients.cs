using System.Text.Json;
using Pacil.Data;
using Pacil.Workspaces;

namespace Pacil.Notifications;

/// <summary>
/// Decides who is notified of an entry. Low or recovered stock: all members who are allowed to change stock, except the
/// entry's author if there are other such members. A mention: the mentioned members; for an edited message, only
/// members whose mention the edit added. An invitation, a role change or a removal: the account concerned. Except for
/// stock, nobody is notified of their own action or of an action by an account that they have blocked. Nobody is
/// notified of a kind that they have turned off.
/// </summary>
internal static class Recipients
{
    public static async Task<List<Recipient>> Of(WriteTransaction tx, long feed, DueEntry entry)
    {
        using var data = JsonDocument.Parse(entry.Data);
        var concerned = entry.Kind switch
        {
            Kind.StockLow or Kind.StockRecovered => await StockManagers(tx, feed, entry.ActorId),
            Kind.Mention => await Members(tx, feed, Ids(data.RootElement, "mentions")),
            Kind.Edited => await Members(tx, feed, Changed(data.RootElement, from: "from", to: "to")),
            Kind.Invited => await Invited(tx, entry.SubjectId),
            Kind.RoleChanged or Kind.Removed => [entry.SubjectId],
            _ => [],
        };
        if (!Kind.IsStock(entry.Kind)) concerned.RemoveAll(account => account == entry.ActorId);
        return concerned.Count == 0 ? [] : await FilterMuted(tx, concerned, entry);
    }

    /// <summary>Reads a list of ids from an entry's data; empty if the list is missing.</summary>
    public static long[] Ids(JsonElement data, string name) =>
        data.TryGetProperty(name, out var ids) && ids.ValueKind == JsonValueKind.Array
            ? [.. ids.EnumerateArray().Select(id => id.GetInt64()).Distinct()]
            : [];

    /// <summary>The accounts that an edited message mentions in list <c>to</c> but not in <c>from</c>.</summary>
    public static long[] Changed(JsonElement data, string from, string to) =>
        data.TryGetProperty("mentions", out var mentions) ? [.. Ids(mentions, to).Except(Ids(mentions, from))] : [];

    /// <summary>The accounts that these entries removed from the workspace and that have not rejoined it.</summary>
    public static async Task<List<Recipient>> WhoLeft(WriteTransaction tx, long feed, List<DueEntry> entries)
    {
        var removed = entries.Where(entry => entry.Kind == Kind.Removed).Select(entry => entry.SubjectId).ToArray();
        return removed.Length == 0 ? [] : await tx.Query<Recipient>(
            $"""
            select id, inbox_id from account
            where id {tx.Dialect.In("@Removed")} and erased_at is null
              and not exists (select 1 from member where workspace_id = @Feed and account_id = account.id)
            """, new { Removed = removed, Feed = feed });
    }

    private static async Task<List<long>> StockManagers(WriteTransaction tx, long feed, long? actor)
    {
        var keepers = await tx.Query<long>(
            "select account_id from member where workspace_id = @Feed and role >= @Needed",
            new { Feed = feed, Needed = Role.Editor });
        if (keepers.Count > 1) keepers.RemoveAll(account => account == actor);
        return keepers;
    }

    private static Task<List<long>> Members(WriteTransaction tx, long feed, long[] accounts) => tx.Query<long>(
        $"select account_id from member where workspace_id = @Feed and account_id {tx.Dialect.In("@Accounts")}",
        new { Feed = feed, Accounts = accounts });

    /// <summary>
    /// Finds the invited account, which the entry does not name. The account is notified of an invitation one time, and
    /// again only if the role of the invitation becomes higher.
    /// </summary>
    private static Task<List<long>> Invited(WriteTransaction tx, long invitation) => tx.Query<long>(
        """
        update invitation set told_role = role
        where id = @Id and account_id is not null and revoked_at is null and coalesce(told_role, 0) < role
        returning account_id
        """, new { Id = invitation });

    private static Task<List<Recipient>> FilterMuted(WriteTransaction tx, List<long> accounts, DueEntry entry) =>
        tx.Query<Recipient>(
            $"""
            select id, inbox_id from account
            where id {tx.Dialect.In("@Accounts")} and erased_at is null
              and not exists (select 1 from notification_muted where account_id = account.id and choice = @Choice)
              {(Kind.IsStock(entry.Kind)
                ? ""
                : "and not exists (select 1 from block where account_id = account.id and blocked_id = @ActorId)")}
            order by id
            """, new { Accounts = accounts.ToArray(), Choice = Kind.Choice(entry.Kind), entry.ActorId });
}
