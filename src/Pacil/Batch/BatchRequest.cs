using System.Text.Json;

namespace Pacil.Batch;

/// <summary>One request of a batch. This type exists only for the API description.</summary>
internal sealed record BatchRequest(
    string? Method, string Path, JsonElement? Body, Dictionary<string, string>? Headers);
