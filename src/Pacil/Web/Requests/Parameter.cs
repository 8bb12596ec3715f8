using Microsoft.OpenApi;

namespace Pacil.Web.Requests;

/// <summary>
/// A query parameter or header of a route, for the API description. The class that reads the parameter declares it.
/// </summary>
internal sealed record Parameter(string Name, JsonSchemaType Type, string Meaning)
{
    public ParameterLocation In { get; init; } = ParameterLocation.Query;

    public static Parameter Text(string name, string meaning) => new(name, JsonSchemaType.String, meaning);

    public static Parameter Integer(string name, string meaning) => new(name, JsonSchemaType.Integer, meaning);

    public static Parameter Flag(string name, string meaning) => new(name, JsonSchemaType.Boolean, meaning);

    public static Parameter Header(string name, string meaning) =>
        new(name, JsonSchemaType.String, meaning) { In = ParameterLocation.Header };

    public OpenApiParameter Described() => new()
    {
        Name = Name,
        In = In,
        Description = Meaning,
        Schema = new OpenApiSchema { Type = Type },
    };
}
