namespace Pacil.Identity.Sessions;

/// <summary>
/// Marks a route that gives access or takes it away. A token needs the scope <c>admin</c> for it: otherwise a token
/// that was stolen for an hour would open the account for good. Reading is not restricted.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class GivesAccessAttribute : Attribute;
