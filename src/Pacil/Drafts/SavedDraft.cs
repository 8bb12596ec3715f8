using Pacil.Web.OpenApi;

namespace Pacil.Drafts;

/// <summary>The response to saving a draft. It leaves out the content, because the client has it.</summary>
/// <param name="Version">Goes up by 1 with every save.</param>
[Example("""{"version": 2}""")]
internal sealed record SavedDraft(long Version);
