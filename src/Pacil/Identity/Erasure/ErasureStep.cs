using Pacil.Data;

namespace Pacil.Identity.Erasure;

/// <summary>Deletes what a slice stores of an account that is erased. Registered as a service.</summary>
internal delegate Task ErasureStep(WriteTransaction tx, long account);
