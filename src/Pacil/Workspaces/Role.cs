using System.Text.Json;
using System.Text.Json.Serialization;
using Pacil.Web;

namespace Pacil.Workspaces;

/// <summary>What a member may do; each may all that the ones before may.</summary>
[JsonConverter(typeof(RoleName))]
internal enum Role
{
    /// <summary>See everything, and talk.</summary>
    Viewer = 1,

    /// <summary>Change what there is.</summary>
    Editor = 2,

    /// <summary>Manage people, and purge.</summary>
    Manager = 3,

    /// <summary>Give the workspace away or close it.</summary>
    Owner = 4,
}

/// <summary>"viewer" … "owner".</summary>
internal sealed class RoleName() : JsonStringEnumConverter<Role>(JsonNamingPolicy.SnakeCaseLower);

internal static class Roles
{
    public static readonly string[] Names = ["viewer", "editor", "manager", "owner"];

    public static string Name(this Role role) => Names[(int)role - 1];

    /// <summary>Owners give any role, and take any; managers only those below their own.</summary>
    public static bool MayGive(this Role mine, Role role) => mine == Role.Owner || mine == Role.Manager && role < mine;

    /// <summary>The field <c>role</c>.</summary>
    public static Role Read(Fields fields, bool required = false) => Of(fields.OneOf("role", Names, required));

    public static Role Of(string name) => (Role)(Array.IndexOf(Names, name) + 1);
}
