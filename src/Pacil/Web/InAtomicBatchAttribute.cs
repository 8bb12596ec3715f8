namespace Pacil.Web;

/// <summary>
/// Marks a route that an atomic batch may contain if the route's handler returns a <see cref="RequestWrite"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class InAtomicBatchAttribute : Attribute;
