namespace Pacil.Web;

/// <summary>Marks a route that an atomic batch may contain: its writes return a <see cref="RequestWrite"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class InAtomicBatchAttribute : Attribute;
