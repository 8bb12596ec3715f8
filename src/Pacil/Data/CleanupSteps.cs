namespace Pacil.Data;

/// <summary>The limit that all cleanup tasks share.</summary>
internal static class CleanupSteps
{
    /// <summary>The maximum number of rows per cleanup write, so that other writes do not wait for long.</summary>
    public const int StepRows = 1_000;
}
