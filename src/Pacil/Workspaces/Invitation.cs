using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Workspaces;

/// <summary>A way into a workspace: a link for whoever has it, or the name of one person.</summary>
internal sealed record Invitation
{
    private const int SecretBytes = 24;

    public required long Id { get; init; }
    public required Role Role { get; init; }

    /// <summary>Whom it is for; null: whoever has the link.</summary>
    public required string? Username { get; init; }

    public required int UsesLeft { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>What is still open, oldest first, as a manager may see it; one more than the page holds.</summary>
    public static Task<List<Invitation>> Query(
        Connection connection, CurrentWorkspace workspace, Paging page, DateTime now) =>
        connection.Query<Invitation>(
            """
            select invitation.id, invitation.role, invitation.username, uses_left, expires_at,
              invitation.created_at, account.username as created_by
            from member
            join invitation on invitation.workspace_id = member.workspace_id
            join account on account.id = invitation.created_by
            where member.workspace_id = @Workspace and member.account_id = @Me and member.role >= @Manager
              and invitation.id > @After and revoked_at is null and uses_left > 0 and expires_at > @Now
            order by invitation.id
            limit @Limit
            """,
            new
            {
                Workspace = workspace.Id,
                Me = workspace.Account,
                Role.Manager,
                After = page.After?.Id ?? 0,
                Now = now,
                Limit = page.Limit + 1,
            });

    /// <summary>192 random bits: what a link ends with.</summary>
    public static string NewSecret() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What is kept of a secret.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>An invitation that names somebody is known by its number.</summary>
    public static long? Number(string secret) =>
        long.TryParse(secret, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>What a request may say of an invitation, for the API's description.</summary>
internal sealed record InvitationBody(string? Role, string? Username, long? Uses, long? ExpiresInDays);
