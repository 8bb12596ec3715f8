using Pacil.Data;

namespace Pacil.Accounts;

/// <summary>What a slice throws out of an account that is erased; registered as a service.</summary>
internal delegate Task Erasure(WriteTransaction tx, long account);
