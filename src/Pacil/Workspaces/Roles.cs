using Pacil.Web.Requests;

namespace Pacil.Workspaces;

internal static class Roles
{
    public static readonly string[] Names = ["viewer", "editor", "manager", "owner"];

    public static string Name(this Role role) => Names[(int)role - 1];

    /// <summary>
    /// Whether a member with the first role may give or take away the second role. Owners may for any role, managers
    /// only for lower roles.
    /// </summary>
    public static bool MayGive(this Role mine, Role role) => mine == Role.Owner || mine == Role.Manager && role < mine;

    public static Role Read(RequestFields fields, bool required = false) => Of(fields.OneOf("role", Names, required));

    public static Role Of(string name) => (Role)(Array.IndexOf(Names, name) + 1);
}
