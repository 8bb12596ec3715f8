namespace Pacil.Web;

/// <summary>Marks an endpoint whose answer is a stream: it lasts until the client or the server ends it.</summary>
internal sealed class EndlessAnswer;
