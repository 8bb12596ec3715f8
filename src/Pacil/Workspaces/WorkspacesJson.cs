using System.Text.Json.Serialization;
using Pacil.Web;
using Pacil.Workspaces.Events;
using Pacil.Workspaces.Invitations;

namespace Pacil.Workspaces;

[JsonSerializable(typeof(Workspace))]
[JsonSerializable(typeof(List<Workspace>))]
[JsonSerializable(typeof(Block))]
[JsonSerializable(typeof(List<Block>))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(List<Member>))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(List<Invitation>))]
[JsonSerializable(typeof(CreatedInvitation))]
[JsonSerializable(typeof(AcceptInvitation.Offer))]
[JsonSerializable(typeof(WorkspaceCreated))]
[JsonSerializable(typeof(WorkspaceChanged))]
[JsonSerializable(typeof(WorkspaceClosed))]
[JsonSerializable(typeof(WorkspaceReopened))]
[JsonSerializable(typeof(WorkspaceRedacted))]
[JsonSerializable(typeof(InvitationRedacted))]
[JsonSerializable(typeof(MemberJoined))]
[JsonSerializable(typeof(MemberRemoved))]
[JsonSerializable(typeof(MemberRoleChanged))]
[JsonSerializable(typeof(MemberInvited))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class WorkspacesJson : JsonSerializerContext;
