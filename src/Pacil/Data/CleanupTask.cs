namespace Pacil.Data;

/// <summary>Deletes expired rows of a slice, once an hour; registered as a service.</summary>
/// <returns>How many rows were deleted; if <see cref="CleanupSteps.StepRows"/> or more, the task runs again.</returns>
internal delegate Task<int> CleanupTask(WriteTransaction tx);
