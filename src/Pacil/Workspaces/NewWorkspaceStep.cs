using Pacil.Data;

namespace Pacil.Workspaces;

/// <summary>
/// Inserts one feature's rows of a new workspace. Each feature registers its step as a service. Unlike an event, a step
/// runs before the workspace has an entry or a member.
/// </summary>
internal delegate Task NewWorkspaceStep(WriteTransaction tx, long workspace);
