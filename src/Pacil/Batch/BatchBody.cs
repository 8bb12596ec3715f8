namespace Pacil.Batch;

/// <summary>The request body of a batch. This type exists only for the API description.</summary>
internal sealed record BatchBody(List<BatchRequest> Requests, bool? Atomic);
