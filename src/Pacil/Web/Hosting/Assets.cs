using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Pacil.Web.Language;

namespace Pacil.Web.Hosting;

/// <summary>
/// The addresses of style sheets and JavaScript files. Each address contains a fingerprint of the file's content, so
/// that browsers may cache the file forever. If the JavaScript modules are not bundled, an import map maps their names
/// to addresses.
/// </summary>
internal sealed class Assets
{
    private const string Bundle = "js/pacil.js";

    private static readonly FrozenDictionary<string, (string Address, byte[] Script)> TextsByLanguage =
        Culture.Languages.ToFrozenDictionary(language => language, MakeTexts);

    private readonly ResourceAssetCollection collection;
    private readonly FrozenDictionary<string, (string Map, string Hash)>? importMaps;

    public Assets(EndpointDataSource endpoints)
    {
        collection = endpoints.Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<ResourceAssetCollection>())
            .FirstOrDefault(found => found is not null) ?? ResourceAssetCollection.Empty;
        var addresses = string.Join(' ', collection.Select(asset => asset.Url));
        Release = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(addresses)))[..10];
        if (!collection.Any(asset => Property(asset, "label") == Bundle))
            importMaps = Culture.Languages.ToFrozenDictionary(language => language, MakeImportMap);
    }

    /// <summary>
    /// The import map for the modules and the strings of the current language; null if the modules are bundled.
    /// </summary>
    public string? ImportMap => importMaps?[Language].Map;

    /// <summary>SHA-256 of the import map, base64. The content security policy allows no other inline script.</summary>
    public string? ImportMapHash => importMaps?[Language].Hash;

    /// <summary>The address of the style sheet that every page loads.</summary>
    public string Style => this[importMaps is null ? "css/pacil.css" : "css/app.css"];

    /// <summary>The address of the JavaScript file that every page loads.</summary>
    public string Script => this[importMaps is null ? Bundle : "js/app.js"];

    /// <summary>The address of the module with the strings that JavaScript uses, in the current language.</summary>
    public static string TextsAddress => TextsByLanguage[Language].Address;

    /// <summary>
    /// Identifies this release: changes whenever the content of a style sheet, JavaScript file or other asset changes.
    /// </summary>
    public string Release { get; }

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>The address of a file in wwwroot.</summary>
    public string this[string file] => $"/{collection[file]}";

    /// <summary>
    /// Module names and addresses are absolute paths, so that the import map does not depend on the path of the page.
    /// </summary>
    private (string Map, string Hash) MakeImportMap(string language)
    {
        var modules = collection
            .Where(asset => asset.Url.EndsWith(".js", StringComparison.Ordinal))
            .Select(asset => (
                Name: Property(asset, "label"), Address: $"/{asset.Url}", Integrity: Property(asset, "integrity")))
            .Where(module => module.Name is not null)
            .OrderBy(module => module.Name, StringComparer.Ordinal)
            .ToList();
        var map = JsonSerializer.Serialize(new
        {
            imports = modules.Select(module => (Name: $"/{module.Name}", module.Address))
                .Append((Name: "#texts", TextsByLanguage[language].Address))
                .ToDictionary(module => module.Name, module => module.Address),
            integrity = modules.Where(module => module.Integrity is not null)
                .ToDictionary(module => module.Address, module => module.Integrity),
        });
        return (map, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map))));
    }

    private static string? Property(ResourceAsset asset, string name) =>
        asset.Properties?.FirstOrDefault(property => property.Name == name)?.Value;

    /// <summary>
    /// Serves the strings that JavaScript uses: those with keys <c>js.*</c>, <c>error.*</c> and <c>field.*</c>.
    /// </summary>
    public static void MapTexts(IEndpointRouteBuilder app)
    {
        var scripts = TextsByLanguage.Values.ToFrozenDictionary(texts => texts.Address, texts => texts.Script);
        app.MapGet("/texts/{version}.js", (HttpContext context) =>
        {
            if (!scripts.TryGetValue(context.Request.Path.Value!, out var script)) return (IResult)Problem.NotFound;
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return TypedResults.Bytes(script, "text/javascript; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static (string Address, byte[] Script) MakeTexts(string language)
    {
        var texts = Texts.In(language)
            .Where(text => text.Key.StartsWith("js.", StringComparison.Ordinal)
                || text.Key.StartsWith("error.", StringComparison.Ordinal)
                || text.Key.StartsWith("field.", StringComparison.Ordinal))
            .OrderBy(text => text.Key, StringComparer.Ordinal)
            .ToDictionary();
        var script = Encoding.UTF8.GetBytes(
            $"export default globalThis.pacilTexts = {JsonSerializer.Serialize(texts)};\n");
        return ($"/texts/{language}-{Convert.ToHexStringLower(SHA256.HashData(script))[..10]}.js", script);
    }
}
