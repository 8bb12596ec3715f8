namespace Pacil.Identity.Sessions;

/// <summary>
/// Marks an endpoint that gives or revokes access. A token needs the scope <c>admin</c> to write there: a token that
/// was stolen for an hour must not give lasting access. Reading needs no special scope.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class GivesAccessAttribute : Attribute;
