namespace Pacil.Web;

/// <summary>
/// A refusal that is thrown by code that cannot return a problem, for example because a parameter cannot be parsed or a
/// limit is reached. <see cref="Problems"/> turns the exception into the response.
/// </summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Code)
{
    public Problem Problem => problem;
}
