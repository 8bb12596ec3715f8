namespace Pacil.Web;

/// <summary>On a page that may be sent JSON in place of a form, of which it reads nothing.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesJson : Attribute;
