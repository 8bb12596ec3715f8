namespace Pacil.Data;

/// <summary>What a slice throws out each hour because it has run out of time; registered as a service.</summary>
/// <returns>How many rows have gone.</returns>
internal delegate Task<int> Sweep(WriteTransaction tx);
