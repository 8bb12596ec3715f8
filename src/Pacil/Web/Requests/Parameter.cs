using Microsoft.OpenApi;
using Pacil.Web.OpenApi;

namespace Pacil.Web.Requests;

/// <summary>
/// A parameter of a route, for the API description. The class that reads the parameter declares it, and the refusals
/// that it may cause.
/// </summary>
internal sealed record Parameter(string Name, JsonSchemaType Type, string Meaning)
{
    public ParameterLocation In { get; init; } = ParameterLocation.Query;

    public Refusal[] Refusals { get; init; } = [new(422, "invalid")];

    public static Parameter Text(string name, string meaning) => new(name, JsonSchemaType.String, meaning);

    public static Parameter Integer(string name, string meaning) => new(name, JsonSchemaType.Integer, meaning);

    public static Parameter Flag(string name, string meaning) => new(name, JsonSchemaType.Boolean, meaning);

    public static Parameter Header(string name, string meaning) =>
        new(name, JsonSchemaType.String, meaning) { In = ParameterLocation.Header, Refusals = [] };

    /// <summary>An id in the path. Declared for a group, it counts for the routes whose path has it.</summary>
    public static Parameter Id(string name, string meaning) => InPath(name, JsonSchemaType.Integer, meaning);

    /// <summary>A name in the path.</summary>
    public static Parameter PathText(string name, string meaning) => InPath(name, JsonSchemaType.String, meaning);

    private static Parameter InPath(string name, JsonSchemaType type, string meaning) =>
        new(name, type, meaning) { In = ParameterLocation.Path, Refusals = [] };

    public OpenApiParameter Described() => new()
    {
        Name = Name,
        In = In,
        Required = In == ParameterLocation.Path,
        Description = Meaning,
        Schema = new OpenApiSchema { Type = Type, Format = Type == JsonSchemaType.Integer ? "int64" : null },
    };
}
