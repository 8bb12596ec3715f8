namespace Pacil.Batch;

/// <summary>The request body of a batch, for the API's description.</summary>
internal sealed record BatchBody(List<BatchRequest> Requests, bool? Atomic);
