using System.Text.RegularExpressions;
using Pacil.Accounts;
using Pacil.Data;

namespace Pacil.Chat;

/// <summary>Whom a text calls by name: <c>@ana</c>, as far as they are members.</summary>
internal static partial class Mentions
{
    private const int Max = 50;

    public static async Task<List<long>> Find(WriteTransaction tx, long workspace, string text)
    {
        var keys = Called().Matches(text).Select(match => match.Groups["name"].Value).Take(Max)
            .SelectMany(Readings).Select(Account.Key).Distinct().ToArray();
        return keys.Length == 0 ? [] : await tx.Query<long>(
            $"""
            select account.id from account
            join member on member.account_id = account.id and member.workspace_id = @Workspace
            where account.username_key {tx.Dialect.In("@Keys")}
            order by account.id
            """, new { Workspace = workspace, Keys = keys });
    }

    /// <summary>A full stop may belong to the name, or end the sentence.</summary>
    private static IEnumerable<string> Readings(string name)
    {
        yield return name;
        var shorter = name.TrimEnd('.', '-', '+', '_', '@');
        if (shorter.Length > 0 && shorter != name) yield return shorter;
    }

    [GeneratedRegex(
        @"(?:^|[^\p{L}\p{M}\p{N}@.+\-_])@(?<name>[\p{L}\p{M}\p{N}@.+\-_]{1,150})",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Called();
}
