namespace Pacil.Web;

/// <summary>
/// A request that cannot even be read, or a write that no use case could know of to be too much. Only what reads
/// requests throws it, and what numbers the entries of a write; <see cref="Problems"/> turns it into the answer.
/// </summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Code)
{
    public Problem Problem => problem;
}
