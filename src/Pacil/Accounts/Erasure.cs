using Pacil.Data;

namespace Pacil.Accounts;

/// <summary>Deletes what a slice stores of an account that is erased. Registered as a service.</summary>
internal delegate Task Erasure(WriteTransaction tx, long account);
