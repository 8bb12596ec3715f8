using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;

namespace Pacil.Identity.Registration;

/// <summary>Decides whether somebody may register: everyone may, only people with an invitation, or nobody.</summary>
/// <param name="Invitation">The secret of an invitation's link, or null.</param>
internal sealed record RegistrationPolicy(string? Invitation)
{
    public const string Open = "open";
    public const string ByInvitation = "invitation";
    public const string Closed = "closed";
    public static readonly string[] Modes = [Open, ByInvitation, Closed];

    public static async Task<string> Mode(Connection connection) =>
        (await connection.First<string>("select registration from meta"))!;

    /// <summary>Reads the secret from the URL <c>next</c> if this URL is the path of an invitation.</summary>
    public static RegistrationPolicy Of(string? next) => new(
        next is not null && next.StartsWith(Workspaces.Invitations.Invitation.Root, StringComparison.Ordinal)
            ? next[Workspaces.Invitations.Invitation.Root.Length..]
            : null);

    /// <returns>Null if registration is allowed; otherwise 403. The first account is always allowed.</returns>
    public async Task<Problem?> Refusal(Connection connection, DateTime now) => await Mode(connection) switch
    {
        Open => null,
        _ when await CreateAccount.IsFirst(connection) => null,
        ByInvitation when await IsInvited(connection, now) => null,
        ByInvitation => new Problem(StatusCodes.Status403Forbidden, "registration_by_invitation"),
        _ => new Problem(StatusCodes.Status403Forbidden, "registration_closed"),
    };

    /// <summary>
    /// If registration needs an invitation, turns one use of the link into an invitation for the new account. So each
    /// use of the link admits one person.
    /// </summary>
    /// <returns>Null if done; 409 if another request has just used the link for the last time.</returns>
    public async Task<Problem?> TakePlace(WriteTransaction tx, Account account) =>
        Invitation is not null && await Mode(tx) == ByInvitation
            ? await Workspaces.Invitations.Invitation.Reserve(tx, Invitation, account.Id, account.Username)
            : null;

    private async Task<bool> IsInvited(Connection connection, DateTime now) =>
        Invitation is not null && await Workspaces.Invitations.Invitation.IsOpen(connection, Invitation, now);
}
