using Pacil.Data;

namespace Pacil.Tests.Support;

/// <summary>SQL that reverts migrations, so that tests can upgrade an older database.</summary>
internal static class OlderSchema
{
    /// <summary>Reverts migration 0015.</summary>
    public const string Before15 =
        """
        drop index item_by_beginning;
        alter table meta drop column folding; alter table meta drop column folded_item;
        update meta set schema = schema - 1;

        """;

    /// <summary>
    /// Reverts migrations 0014 and 0015. On SQLite, migration 0014 rebuilds its tables anyway, so the columns that it
    /// adds need not be removed.
    /// </summary>
    public static string Before14(Dialect dialect) => Before15 + dialect.Pick(
        sqlite: """
            drop trigger notification_due_invitation; drop trigger notification_due_no_invitation; drop table block;
            update meta set schema = schema - 1;
            """,
        postgres: """
            drop trigger notification_due_invitation on invitation;
            drop trigger notification_due_no_invitation on invitation;
            drop function notification_due_invitation; drop table block;
            drop index invitation_by_expiry, invitation_by_revocation, notification_by_entry;
            alter table invitation drop column username_key, drop column told_role;
            alter table notification drop column actor_id;
            update meta set schema = schema - 1;
            """);
}
