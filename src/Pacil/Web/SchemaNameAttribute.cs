namespace Pacil.Web;

/// <summary>The name of a type in the API description, where clients know it by another name than in C#.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SchemaNameAttribute(string name) : Attribute
{
    public string Name => name;
}
