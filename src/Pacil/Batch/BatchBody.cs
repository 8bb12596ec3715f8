using System.Text.Json;
using Pacil.Web;

namespace Pacil.Batch;

/// <summary>The request body of a batch, for the API description. <see cref="BatchPart"/> parses the JSON.</summary>
internal sealed record BatchBody(List<BatchBody.Part> Requests, bool? Atomic)
{
    public const int PartsMax = 100;

    [SchemaName("BatchRequest")]
    internal sealed record Part(string? Method, string Path, JsonElement? Body, Dictionary<string, string>? Headers);
}
