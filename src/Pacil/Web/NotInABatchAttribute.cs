namespace Pacil.Web;

/// <summary>Marks a route that a batch must not contain.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NotInABatchAttribute : Attribute;
