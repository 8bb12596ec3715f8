using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Requests;
using Pacil.Workspaces.Invitations;
using static Pacil.Web.Language.Texts;

namespace Pacil.Workspaces;

/// <summary>The page with a workspace's members. Managers can also invite people and rename the workspace.</summary>
[GivesAccess]
internal sealed class MembersModel(TimeProvider time) : FormPage
{
    public CurrentWorkspace Current => CurrentWorkspace.Of(HttpContext);
    public Workspace Workspace { get; private set; } = null!;
    public List<Member> Members { get; private set; } = [];
    public List<Invitation> Invitations { get; private set; } = [];
    public string? Next { get; private set; }

    /// <summary>The link that the previous request has created; shown one time.</summary>
    public string? Link { get; private set; }

    /// <summary>The roles that the user may give, lowest first.</summary>
    public IReadOnlyList<(string, string)> Given =>
        [.. Roles.Names.Where(MayGive).Select(role => (role, T($"role.{role}")))];

    public bool MayGive(string role) => Workspace.Role.MayGive(Roles.Of(role));

    public bool MayTouch(Member member) =>
        Workspace.ArchivedAt is null && Workspace.Role.MayGive(member.Role) && !IsAtHome(member);

    public bool MayRemove(Member member) =>
        !IsAtHome(member) && (member.Account == Current.Account || Workspace.Role.MayGive(member.Role));

    public async Task<IActionResult> OnGet()
    {
        if (!await Load()) return Problem.NotFound;
        Link = LinkBox.Take(Request, TempData);
        return Page();
    }

    /// <summary>Creates an invitation.</summary>
    public async Task<IActionResult> OnPost()
    {
        if (!await Load()) return Problem.NotFound;
        var fields = RequestFields.OfForm(Request.Form);
        var made = await CreateInvitation.Invite(Current, fields, CreateInvitation.Request.Read(fields));
        if (made.IsProblem) return Refused(made.Problem);
        if (made.Value.Secret is null)
            return Done($"{Current.Path}/members", "invitations.sent", made.Value.Username);
        LinkBox.Keep(TempData, Request, made.Value.Path, "invitations.made");
        return new SeeOther($"{Current.Path}/members");
    }

    protected override string? Initial(string field) => field switch
    {
        "uses" => "1",
        "expires_in_days" => $"{CreateInvitation.DaysDefault}",
        _ => null,
    };

    /// <summary>Whether the member owns this personal workspace and can be neither removed nor changed.</summary>
    private bool IsAtHome(Member member) => Workspace.Personal && member.Account == Current.Account;

    private async Task<bool> Load()
    {
        if (await Current.Find() is not { } workspace) return false;
        Workspace = workspace;
        var page = Paging.Of(Request, Member.Sort);
        if (await Current.Read(connection => Member.Query(connection, Current, page)) is not { } found) return false;
        Members = found.Rows;
        Next = found.Next is { } next ? Paging.Next(Request, next) : null;
        var open = await Current.Read(connection =>
            Invitation.Query(connection, Current, new Paging(CreateInvitation.OpenMax, null), time.UtcNow()));
        Invitations = open?.Rows ?? [];
        return true;
    }
}
