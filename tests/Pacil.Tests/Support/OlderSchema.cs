using Pacil.Data;

namespace Pacil.Tests.Support;

/// <summary>SQL that reverts migrations, so that tests can upgrade an older database.</summary>
internal static class OlderSchema
{
    /// <summary>
    /// Reverts migration 0016, which drops a trigger. The trigger that this SQL creates does nothing, because no test
    /// needs the effect of the old trigger.
    /// </summary>
    private static string Before16(Dialect dialect) => dialect.Pick(
        sqlite: """
            create trigger notification_due_insert after insert on entry when 0 begin select 1; end;
            update meta set schema = schema - 1;

            """,
        postgres: """
            create function notification_due_insert() returns trigger language plpgsql as 'begin return null; end';
            create trigger notification_due_insert after insert on entry for each row when (false)
            execute function notification_due_insert();
            update meta set schema = schema - 1;

            """);

    /// <summary>Reverts migrations 0015 and 0016.</summary>
    public static string Before15(Dialect dialect) => Before16(dialect) +
        """
        drop index item_by_beginning;
        alter table meta drop column folding; alter table meta drop column folded_item;
        update meta set schema = schema - 1;

        """;

    /// <summary>
    /// Reverts migrations 0014 to 0016. On SQLite, migration 0014 creates the changed tables again with all columns, so
    /// this SQL need not remove the new columns.
    /// </summary>
    public static string Before14(Dialect dialect) => Before15(dialect) + dialect.Pick(
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
