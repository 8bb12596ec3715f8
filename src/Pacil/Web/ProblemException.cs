namespace Pacil.Web;

/// <summary>
/// A refusal that code below the use case throws: the request cannot be read, a limit is reached, or a write is too
/// large in a way that no use case can know. <see cref="Problems"/> turns it into the answer.
/// </summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Code)
{
    public Problem Problem => problem;
}
