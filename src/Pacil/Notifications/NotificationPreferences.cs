using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.OpenApi;
using Pacil.Web.Requests;

namespace Pacil.Notifications;

/// <summary>The kinds of notifications that a user receives. By default, a user receives all kinds.</summary>
/// <param name="Stock">Notifications about stock that becomes low or recovers.</param>
/// <param name="Membership">Notifications about a new role or about the removal from a workspace.</param>
[SchemaName("Choices")]
[Example("""{"stock": true, "mention": true, "invitation": true, "membership": false}""")]
internal sealed record NotificationPreferences(
    bool Stock = true, bool Mention = true, bool Invitation = true, bool Membership = true)
{
    /// <summary>All choices, in the order of the settings page.</summary>
    public static readonly IReadOnlyList<string> Choices = ["stock", "mention", "invitation", "membership"];

    public static NotificationPreferences Of(IReadOnlyCollection<string> muted) => new(
        !muted.Contains("stock"), !muted.Contains("mention"), !muted.Contains("invitation"),
        !muted.Contains("membership"));

    /// <summary>Reads all choices. <paramref name="isLeftOutOn"/> is the value of a missing choice.</summary>
    public static NotificationPreferences Read(RequestFields fields, bool isLeftOutOn = true)
    {
        return new NotificationPreferences(Wants("stock"), Wants("mention"), Wants("invitation"), Wants("membership"));

        bool Wants(string choice) => fields.Flag(choice) ?? isLeftOutOn;
    }

    public bool Wants(string choice) => choice switch
    {
        "stock" => Stock,
        "mention" => Mention,
        "invitation" => Invitation,
        _ => Membership,
    };

    public static async Task<IResult> Handle(CurrentUser user, HttpContext context, Database database) =>
        ApiResponse.Ok(
            await Find(database, user, context.RequestAborted), NotificationsJson.Default.NotificationPreferences);

    public static RequestWrite HandleChange(RequestFields fields, CurrentUser user, HttpContext context) =>
        Change(fields, user, context, isLeftOutOn: true);

    public static RequestWrite Change(
        RequestFields fields, CurrentUser user, HttpContext context, bool isLeftOutOn)
    {
        var choices = Read(fields, isLeftOutOn);
        return Inbox.Write(context, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            await Apply(tx, user.Id, choices);
            return ApiResponse.Ok(choices, NotificationsJson.Default.NotificationPreferences);
        });
    }

    public static async Task<NotificationPreferences> Find(
        Database database, CurrentUser user, CancellationToken cancellation) =>
        Of(await database.Read(connection => connection.Query<string>(
            "select choice from notification_muted where account_id = @Id", new { user.Id }), cancellation));

    public static async Task Apply(WriteTransaction tx, long account, NotificationPreferences choices)
    {
        foreach (var choice in Choices)
            await tx.Execute(
                choices.Wants(choice)
                    ? "delete from notification_muted where account_id = @Account and choice = @Choice"
                    : """
                      insert into notification_muted (account_id, choice) values (@Account, @Choice)
                      on conflict do nothing
                      """, new { Account = account, Choice = choice });
    }
}
