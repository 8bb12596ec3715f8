namespace Pacil.Web.Requests;

/// <summary>Reads a boolean from a query string.</summary>
internal static class QueryFlag
{
    /// <summary>False if the parameter is missing or empty.</summary>
    /// <exception cref="ProblemException">422: the value is not a boolean.</exception>
    public static bool Flag(this HttpRequest request, string name) => request.Query[name].FirstOrDefault() switch
    {
        null or "" or "0" or "false" => false,
        "1" or "true" or "on" => true,
        _ => throw new ProblemException(Problem.Invalid(name, "error.not_a_choice", "true, false")),
    };
}
