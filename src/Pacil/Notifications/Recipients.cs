using System.Text.Json;
using Pacil.Data;
using Pacil.Workspaces;

namespace Pacil.Notifications;

/// <summary>An account and its inbox.</summary>
internal sealed record Recipient
{
    public required long Id { get; init; }
    public required long InboxId { get; init; }
}

/// <summary>
/// Whom an entry concerns. Stock: everyone who may do something about it, but not who has just done it and saw it
/// happen, unless nobody else is left. A mention: the members named. An invitation, a role, a removal: the person
/// it is about. Nobody is told of what they did to themselves, or of a kind that they have switched off.
/// </summary>
internal static class Recipients
{
    public static async Task<List<Recipient>> Of(WriteTransaction tx, long feed, DueEntry entry)
    {
        using var data = JsonDocument.Parse(entry.Data);
        var concerned = entry.Kind switch
        {
            Kind.StockLow or Kind.StockRecovered => await Keepers(tx, feed, entry.ActorId),
            Kind.Mention => await Members(tx, feed, Mentioned(data.RootElement)),
            Kind.Invited => await Invited(tx, entry.SubjectId),
            Kind.RoleChanged or Kind.Removed => [entry.SubjectId],
            _ => [],
        };
        if (!Kind.IsStock(entry.Kind)) concerned.RemoveAll(account => account == entry.ActorId);
        return concerned.Count == 0 ? [] : await Willing(tx, concerned, Kind.Choice(entry.Kind)!);
    }

    /// <summary>Those whom the entries tell to have left, and who have not come back since.</summary>
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

    private static async Task<List<long>> Keepers(WriteTransaction tx, long feed, long? actor)
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

    private static long[] Mentioned(JsonElement data) =>
        data.TryGetProperty("mentions", out var mentions) && mentions.ValueKind == JsonValueKind.Array
            ? [.. mentions.EnumerateArray().Select(account => account.GetInt64()).Distinct()]
            : [];

    /// <summary>Who it is, the entry does not say.</summary>
    private static Task<List<long>> Invited(WriteTransaction tx, long invitation) => tx.Query<long>(
        "select account_id from invitation where id = @Id and account_id is not null", new { Id = invitation });

    private static Task<List<Recipient>> Willing(WriteTransaction tx, List<long> accounts, string choice) =>
        tx.Query<Recipient>(
            $"""
            select id, inbox_id from account
            where id {tx.Dialect.In("@Accounts")} and erased_at is null and not exists (
              select 1 from notification_muted where account_id = account.id and choice = @Choice)
            order by id
            """, new { Accounts = accounts.ToArray(), Choice = choice });
}
