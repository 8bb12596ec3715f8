using System.Text.Json.Serialization;

namespace Pacil.Workspaces;

/// <summary>What a member may do. Each role includes the ones before it.</summary>
[JsonConverter(typeof(RoleName))]
internal enum Role
{
    /// <summary>Read everything, and write messages.</summary>
    Viewer = 1,

    /// <summary>Change the inventory.</summary>
    Editor = 2,

    /// <summary>Manage people; delete messages and undo changes of others.</summary>
    Manager = 3,

    /// <summary>Give the workspace away or close it.</summary>
    Owner = 4,
}
