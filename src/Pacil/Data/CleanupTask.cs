namespace Pacil.Data;

/// <summary>What a slice throws out each hour because it has run out of time; registered as a service.</summary>
/// <returns>How many rows have gone; where that is <see cref="CleanupSteps.StepRows"/> or more, it is called
/// again.</returns>
internal delegate Task<int> CleanupTask(WriteTransaction tx);
