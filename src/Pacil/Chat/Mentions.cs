using System.Buffers;
using Pacil.Data;

namespace Pacil.Chat;

/// <summary>Finds the members that a text mentions, for example as <c>@ana</c>.</summary>
internal static class Mentions
{
    private const int Max = 50;

    private static readonly SearchValues<char> Signs = SearchValues.Create("@＠");

    public static async Task<List<long>> Find(WriteTransaction tx, long workspace, string text)
    {
        var called = Positions(text).Select(at => CalledNames.At(text, at).Select(one => one.Key).ToList())
            .Where(names => names.Count > 0).Take(Max).ToList();
        if (called.Count == 0) return [];
        var keys = tx.Dialect.List([.. called.SelectMany(names => names).Distinct()]);
        var members = (await tx.Query<Named>(
            $"""
            select account.id, account.username_key from account
            join member on member.account_id = account.id and member.workspace_id = @Workspace
            where account.username_key {tx.Dialect.Among("@Keys")}
            """, new { Workspace = workspace, Keys = keys })).ToDictionary(one => one.UsernameKey, one => one.Id);
        return
        [
            .. called.Select(names => names.Find(members.ContainsKey)).OfType<string>()
                .Select(name => members[name]).Distinct().Order(),
        ];
    }

    private static IEnumerable<int> Positions(string text)
    {
        for (var at = 0; text.AsSpan(at).IndexOfAny(Signs) is >= 0 and var next; at += next + 1) yield return at + next;
    }

    private sealed record Named
    {
        public required long Id { get; init; }
        public required string UsernameKey { get; init; }
    }
}
