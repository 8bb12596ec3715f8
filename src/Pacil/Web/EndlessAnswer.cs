namespace Pacil.Web;

/// <summary>On an endpoint whose answer goes on until one of the two ends it.</summary>
internal sealed class EndlessAnswer;
