namespace Pacil.Web.OpenApi;

/// <summary>
/// Sets the published name of a type in the API description, if it differs from the name of the C# type.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SchemaNameAttribute(string name) : Attribute
{
    public string Name => name;
}
