using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Search;

/// <summary>Names of items, for the API description.</summary>
[SchemaName("Suggestions"), Example("""["AA cells", "AAA cells"]""")]
internal sealed class Suggestions : List<string>;
