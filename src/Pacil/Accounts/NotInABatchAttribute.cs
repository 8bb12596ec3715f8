namespace Pacil.Accounts;

/// <summary>A route that a batch must not hold.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NotInABatchAttribute : Attribute;
