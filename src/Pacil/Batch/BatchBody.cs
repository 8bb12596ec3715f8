using System.Text.Json;
using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Batch;

/// <summary>The request body of a batch, for the API description. <see cref="BatchPart"/> parses the JSON.</summary>
[Example(
    """
    {
      "requests": [{"path": "/api/items?limit=10"}, {"method": "POST", "path": "/api/items/7/movements",
      "body": {"delta": -2}}]
    }
    """)]
internal sealed record BatchBody(List<BatchBody.Part> Requests, bool? Atomic = null)
{
    public const int PartsMax = 100;

    [SchemaName("BatchRequest")]
    internal sealed record Part(
        string Path, string? Method = null, JsonElement? Body = null, Dictionary<string, string>? Headers = null);
}
