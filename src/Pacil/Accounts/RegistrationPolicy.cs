using Pacil.Data;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>Who may register: everyone, only people with an invitation, or nobody.</summary>
/// <param name="Invitation">The invitation's secret, or null.</param>
internal sealed record RegistrationPolicy(string? Invitation)
{
    public const string Open = "open";
    public const string ByInvitation = "invitation";
    public const string Closed = "closed";

    /// <summary>The values of the setting.</summary>
    public static readonly string[] Modes = [Open, ByInvitation, Closed];

    public static async Task<string> Mode(Connection connection) =>
        (await connection.First<string>("select registration from meta"))!;

    /// <summary>A link to an invitation, as the way to a page, holds what one may register by.</summary>
    public static RegistrationPolicy Of(string? next) => new(
        next is not null && next.StartsWith(Workspaces.Invitation.Root, StringComparison.Ordinal)
            ? next[Workspaces.Invitation.Root.Length..]
            : null);

    /// <returns>Null where they may register; else 403. The first of all always may.</returns>
    public async Task<Problem?> Refusal(Connection connection, DateTime now) => await Mode(connection) switch
    {
        Open => null,
        _ when await CreateAccount.IsFirst(connection) => null,
        ByInvitation when await IsInvited(connection, now) => null,
        ByInvitation => new Problem(StatusCodes.Status403Forbidden, "registration_by_invitation"),
        _ => new Problem(StatusCodes.Status403Forbidden, "registration_closed"),
    };

    /// <summary>
    /// Where an invitation was needed, one of the link's uses becomes an invitation in the new account's own name:
    /// a link for one lets one in.
    /// </summary>
    /// <returns>Null when it is done; 409 where the link's last use is gone since.</returns>
    public async Task<Problem?> TakePlace(WriteTransaction tx, Account account) =>
        Invitation is not null && await Mode(tx) == ByInvitation
            ? await Workspaces.Invitation.Reserve(tx, Invitation, account.Id, account.Username)
            : null;

    private async Task<bool> IsInvited(Connection connection, DateTime now) =>
        Invitation is not null && await Workspaces.Invitation.IsOpen(connection, Invitation, now);
}
