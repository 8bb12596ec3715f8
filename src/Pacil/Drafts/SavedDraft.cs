namespace Pacil.Drafts;

/// <summary>The answer to saving a draft. It leaves out the content, which the client has.</summary>
/// <param name="Version">Increases each time the draft is saved.</param>
internal sealed record SavedDraft(long Version);
