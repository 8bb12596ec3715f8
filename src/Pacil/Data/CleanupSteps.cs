namespace Pacil.Data;

/// <summary>How much is swept by one write.</summary>
internal static class CleanupSteps
{
    /// <summary>So that no other write waits for long, however much there is to throw out.</summary>
    public const int StepRows = 1_000;
}
