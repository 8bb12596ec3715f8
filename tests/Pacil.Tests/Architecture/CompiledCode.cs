using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Pacil.Tests.Architecture;

/// <summary>What the compiled program contains: which types use which, and every string of the code.</summary>
internal static class CompiledCode
{
    private static readonly ModuleDefinition Program = Read();

    /// <summary>
    /// Each use of a type of the program by a type of another folder: in signatures, bodies, attributes and
    /// constraints. A nested type and the code of a lambda count as their outer type, and a page as a type of its
    /// folder. Types that the framework's generators add are left out.
    /// </summary>
    public static IReadOnlyList<(Place From, Place To)> Uses { get; } =
    [
        .. from user in Program.GetTypes()
           let place = PlaceOf(user)
           where place is not null
           from used in TypesIn(user).Select(Find).OfType<TypeDefinition>().Select(PlaceOf).OfType<Place>()
           where used.Folder != place.Folder
           select (place, used),
    ];

    public static IReadOnlyList<(Place From, string Text)> Strings { get; } =
    [
        .. from type in Program.GetTypes()
           let place = PlaceOf(type)
           where place is not null
           from text in StringsIn(type)
           select (place, text),
    ];

    private static ModuleDefinition Read()
    {
        var resolver = new DefaultAssemblyResolver();
        var assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        foreach (var folder in assemblies.Select(Path.GetDirectoryName).Distinct()) resolver.AddSearchDirectory(folder);
        return ModuleDefinition.ReadModule(
            typeof(Pacil.Data.Database).Assembly.Location, new ReaderParameters { AssemblyResolver = resolver });
    }

    private static TypeDefinition? Find(TypeReference type) => type.Scope == Program ? type.Resolve() : null;

    private static Place? PlaceOf(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        var page = type.CustomAttributes
            .Where(attribute => attribute.AttributeType.Name == "RazorCompiledItemMetadataAttribute"
                && attribute.ConstructorArguments[0].Value is "Identifier")
            .Select(attribute => (string)attribute.ConstructorArguments[1].Value).FirstOrDefault();
        if (page is not null)
            return new Place(Path.GetDirectoryName(page)!.Trim('/').Replace('/', '.'), Path.GetFileName(page));
        return type.FullName switch
        {
            // The compiler names the type of a file with top-level statements.
            "Program" => new Place("Commands", type.Name),
            var name when name.StartsWith("Pacil.") =>
                new Place(type.Namespace["Pacil".Length..].TrimStart('.'), type.Name),
            _ => null,
        };
    }

    private static IEnumerable<TypeReference> TypesIn(TypeDefinition type) => new[]
    {
        Parts(type.BaseType),
        type.Interfaces.SelectMany(one => Parts(one.InterfaceType)),
        TypesIn(type.CustomAttributes),
        TypesIn(type.GenericParameters),
        type.Fields.SelectMany(field => Parts(field.FieldType).Concat(TypesIn(field.CustomAttributes))),
        type.Properties.SelectMany(property => TypesIn(property.CustomAttributes)),
        type.Methods.SelectMany(TypesIn),
    }.SelectMany(types => types);

    private static IEnumerable<TypeReference> TypesIn(MethodDefinition method) => new[]
    {
        Signature(method),
        TypesIn(method.CustomAttributes),
        TypesIn(method.GenericParameters),
        method.Parameters.SelectMany(parameter => TypesIn(parameter.CustomAttributes)),
        method.HasBody ? method.Body.Variables.SelectMany(variable => Parts(variable.VariableType)) : [],
        method.HasBody ? method.Body.Instructions.SelectMany(TypesIn) : [],
    }.SelectMany(types => types);

    private static IEnumerable<TypeReference> TypesIn(Instruction instruction) => instruction.Operand switch
    {
        MethodReference method => Signature(method),
        FieldReference field => Parts(field.DeclaringType).Concat(Parts(field.FieldType)),
        TypeReference type => Parts(type),
        _ => [],
    };

    private static IEnumerable<TypeReference> TypesIn(IEnumerable<CustomAttribute> attributes) =>
        from attribute in attributes
        from type in Parts(attribute.AttributeType).Concat(
            from argument in attribute.ConstructorArguments.Concat(attribute.Properties.Select(one => one.Argument))
            from part in argument.Value is TypeReference named ? Parts(named) : []
            select part)
        select type;

    private static IEnumerable<TypeReference> TypesIn(IEnumerable<GenericParameter> parameters) =>
        parameters.SelectMany(parameter => parameter.Constraints).SelectMany(one => Parts(one.ConstraintType));

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
        Parts(method.DeclaringType).Concat(Parts(method.ReturnType))
            .Concat(method.Parameters.SelectMany(parameter => Parts(parameter.ParameterType)))
            .Concat(method is GenericInstanceMethod generic ? generic.GenericArguments.SelectMany(Parts) : []);

    /// <summary>The types that a type is made of: of <c>Task&lt;Item[]&gt;</c>, the types Task and Item.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => Parts(generic.ElementType).Concat(generic.GenericArguments.SelectMany(Parts)),
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };

    private static IEnumerable<string> StringsIn(TypeDefinition type) =>
        type.Fields.Select(field => field.HasConstant ? field.Constant : null)
            .Concat(type.Methods.Where(method => method.HasBody)
                .SelectMany(method => method.Body.Instructions).Select(instruction => instruction.Operand))
            .OfType<string>();

    /// <param name="Folder">A folder in src/Pacil, such as <c>Identity.Accounts</c>; empty for src/Pacil.</param>
    internal sealed record Place(string Folder, string Type);
}
