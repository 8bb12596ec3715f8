namespace Pacil.Web;

/// <summary>
/// A request that cannot even be read. Only what reads requests throws it, before any use case runs;
/// <see cref="Problems"/> turns it into the answer.
/// </summary>
internal sealed class RefusedException(Problem problem) : Exception(problem.Code)
{
    public Problem Problem => problem;
}
