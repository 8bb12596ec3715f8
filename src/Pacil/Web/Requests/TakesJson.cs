namespace Pacil.Web.Requests;

/// <summary>Marks a page that accepts a request with a JSON body, but reads no field of the body.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesJson : Attribute;
