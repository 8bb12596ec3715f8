namespace Pacil.Web;

/// <summary>The name of a type in the API's description, where programs of others may have it by another than in
/// C#.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SchemaNameAttribute(string name) : Attribute
{
    public string Name => name;
}
