using System.Text.Json.Serialization;
using Pacil.Web;
using Pacil.Workspaces.Invitations;

namespace Pacil.Workspaces;

[JsonSerializable(typeof(Workspace))]
[JsonSerializable(typeof(List<Workspace>))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(List<Member>))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(List<Invitation>))]
[JsonSerializable(typeof(CreatedInvitation))]
[JsonSerializable(typeof(AcceptInvitation.Offer))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class WorkspacesJson : JsonSerializerContext;
