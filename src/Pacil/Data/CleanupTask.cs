namespace Pacil.Data;

/// <summary>
/// Deletes expired rows of one feature. Each feature registers its task as a service; housekeeping runs all tasks each
/// hour.
/// </summary>
/// <returns>
/// The number of deleted rows. If it is <see cref="CleanupSteps.StepRows"/> or more, the task runs again immediately.
/// </returns>
internal delegate Task<int> CleanupTask(WriteTransaction tx);
