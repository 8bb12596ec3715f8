namespace Pacil.Batch;

/// <summary>What a batch holds, for the API's description.</summary>
internal sealed record BatchBody(List<BatchRequest> Requests, bool? Atomic);
