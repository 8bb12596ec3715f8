namespace Pacil.Web.OpenApi;

/// <summary>
/// Marks a route whose response has a secret. The response is not stored, so an idempotency key has no effect.
/// </summary>
internal sealed class TakesNoKey;
