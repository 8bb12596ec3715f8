namespace Pacil.Data;

/// <summary>What a slice throws out each hour because it has run out of time; registered as a service.</summary>
/// <returns>How many rows have gone; where that is <see cref="Sweeps.StepRows"/> or more, it is called again.</returns>
internal delegate Task<int> Sweep(WriteTransaction tx);

/// <summary>How much is swept by one write.</summary>
internal static class Sweeps
{
    /// <summary>So that no other write waits for long, however much there is to throw out.</summary>
    public const int StepRows = 1_000;
}
