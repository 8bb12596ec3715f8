using Pacil.Data;
using Pacil.Web.OpenApi;
using Pacil.Web.Requests;

namespace Pacil.Workspaces;

/// <summary>A workspace as one of its members sees it.</summary>
[Example(
    """
    {
      "id": 1, "name": "Lab", "role": "owner", "personal": true, "version": 1,
      "created_at": "2026-11-21T08:14:05.120Z", "archived_at": null
    }
    """)]
internal sealed record Workspace
{
    public const int NameLengthMax = 80;

    public required long Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The caller's role.</summary>
    public required Role Role { get; init; }

    /// <summary>Whether this is the caller's personal workspace, which can be neither closed nor left.</summary>
    public required bool Personal { get; init; }

    public required long Version { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Null if the workspace is open. A closed workspace can be read but not changed.</summary>
    public required DateTime? ArchivedAt { get; init; }

    /// <summary>For a query that joins workspace, member and account.</summary>
    public const string Columns =
        """
        workspace.id, workspace.name, member.role, workspace.id = account.workspace_id as personal,
        workspace.version, workspace.created_at, workspace.archived_at
        """;

    /// <summary>Null if the account is not a member.</summary>
    public static Task<Workspace?> Find(Connection connection, long id, long account) => connection.First<Workspace>(
        $"""
        select {Columns} from member
        join workspace on workspace.id = member.workspace_id
        join account on account.id = member.account_id
        where member.workspace_id = @Id and member.account_id = @Account
        """, new { Id = id, Account = account });

    /// <summary>
    /// Locks the workspace until the transaction ends. No other write can change the workspace or its members, or add
    /// an invitation, in the meantime.
    /// </summary>
    public static Task<long> LockForUpdate(WriteTransaction tx, long id) => tx.First<long>(
        $"select id from workspace where id = @Id {tx.Dialect.Pick(sqlite: "", postgres: "for update")}",
        new { Id = id });

    public static string ReadName(RequestFields fields) => fields.Line("name", NameLengthMax, required: true);
}
