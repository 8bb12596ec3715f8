using System.Text.Json;
using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Drafts;

/// <summary>The fields of a form by name, for the API description. A draft is stored as it was sent.</summary>
[SchemaName("Draft"), Example("""{"name": "AA ce"}""")]
internal sealed class DraftBody : Dictionary<string, JsonElement>;
