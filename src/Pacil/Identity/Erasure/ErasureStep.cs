using Pacil.Data;

namespace Pacil.Identity.Erasure;

/// <summary>Deletes one feature's data about an erased account. Each feature registers its step as a service.</summary>
internal delegate Task ErasureStep(WriteTransaction tx, long account);
