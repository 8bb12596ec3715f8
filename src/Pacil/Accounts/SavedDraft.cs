namespace Pacil.Accounts;

/// <summary>What the one who saves a draft is answered; what it holds they know.</summary>
/// <param name="Version">Counts up each time the draft is saved.</param>
internal sealed record SavedDraft(long Version);
