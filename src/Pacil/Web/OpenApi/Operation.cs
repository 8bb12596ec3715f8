namespace Pacil.Web.OpenApi;

/// <summary>
/// The id of a route's operation in the API description. Generated clients name their methods after it, so it is
/// written down and does not follow the name of the handler.
/// </summary>
internal sealed record Operation(string Id);
