using System.Text.Json;
using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Batch;

/// <summary>The response to a batch, for the API description. <see cref="PartAnswer"/> writes it.</summary>
[Example(
    """
    {"responses": [{"status": 200, "headers": {"ETag": "\"3\""}, "body": {"id": 7}}]}
    """)]
internal sealed record BatchAnswer(List<BatchAnswer.Part> Responses)
{
    /// <param name="Body">The answer to the request; null if it has no body.</param>
    [SchemaName("BatchResponse")]
    internal sealed record Part(int Status, Dictionary<string, string> Headers, JsonElement Body);
}
