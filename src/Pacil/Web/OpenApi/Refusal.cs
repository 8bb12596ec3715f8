namespace Pacil.Web.OpenApi;

/// <summary>
/// A status with which a route may refuse a request, and the codes of its problems, for the API description. A type
/// that refuses requests of many routes declares its refusals; a route declares only its own.
/// </summary>
internal sealed record Refusal(int Status, params string[] Codes)
{
    /// <summary>Whether only unsafe methods are refused.</summary>
    public bool IsOfWrites { get; init; }
}
