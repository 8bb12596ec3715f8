using System.Text.Json;
using Pacil.Web;

namespace Pacil.Batch;

/// <summary>The request body of a batch. This type exists only for the API description.</summary>
internal sealed record BatchBody(List<BatchBody.Part> Requests, bool? Atomic)
{
    [SchemaName("BatchRequest")]
    internal sealed record Part(string? Method, string Path, JsonElement? Body, Dictionary<string, string>? Headers);
}
