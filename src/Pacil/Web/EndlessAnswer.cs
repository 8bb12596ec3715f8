namespace Pacil.Web;

/// <summary>
/// Marks an endpoint whose response is a stream, which lasts until the client or the server closes it.
/// </summary>
internal sealed class EndlessAnswer;
