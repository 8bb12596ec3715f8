namespace Pacil.Accounts;

/// <summary>
/// A route that gives somebody access, or takes it away. A token may use it only if its scope is <c>admin</c>: a token
/// that was stolen for an hour would else open the account for good. Reading is not restricted.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class GivesAccessAttribute : Attribute;
