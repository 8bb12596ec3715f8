namespace Pacil.Web.OpenApi;

/// <summary>An example of a type for the API description, as JSON. It must fit the type's schema.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class ExampleAttribute(string json) : Attribute
{
    public string Json => json;
}
