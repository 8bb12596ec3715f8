using System.Text.Json.Serialization;

namespace Pacil.Workspaces;

/// <summary>A member's rights. Each role includes the rights of the roles listed before it.</summary>
[JsonConverter(typeof(RoleName))]
internal enum Role
{
    /// <summary>Read everything, and write messages.</summary>
    Viewer = 1,

    /// <summary>Change the inventory.</summary>
    Editor = 2,

    /// <summary>Manage members, delete other members' messages, and undo their changes.</summary>
    Manager = 3,

    /// <summary>Give or take away the roles manager and owner, and close or reopen the workspace.</summary>
    Owner = 4,
}
