namespace Pacil.Web.Requests;

/// <summary>Marks a page that also accepts a JSON body, but reads no field of it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesJson : Attribute;
