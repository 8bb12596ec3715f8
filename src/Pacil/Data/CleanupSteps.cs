namespace Pacil.Data;

/// <summary>How much one cleanup write deletes.</summary>
internal static class CleanupSteps
{
    /// <summary>Small enough that no other write waits for long.</summary>
    public const int StepRows = 1_000;
}
