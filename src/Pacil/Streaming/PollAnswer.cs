using Pacil.Log;
using Pacil.Web.OpenApi;

namespace Pacil.Streaming;

/// <summary>The response to a long poll. This type exists only for the API description.</summary>
/// <param name="Cursor">The position after these entries: <c>after</c> of the next poll.</param>
[Example("""{"entries": [], "cursor": "k3u9.1-40-5f2c11aa.2-7-0b1d9e33"}""")]
internal sealed record PollAnswer(List<EntryBody> Entries, string Cursor)
{
    /// <summary>Entries are missing: read these workspaces again.</summary>
    public ResetBody? Reset { get; init; }

    /// <summary>Who is here; left out if the poll does not count as presence.</summary>
    public List<System.Text.Json.JsonElement>? Here { get; init; }

    /// <summary>The workspaces of which the caller is no longer a member.</summary>
    public List<long>? Gone { get; init; }

    [SchemaName("FeedReset")]
    internal sealed record ResetBody(string Reason, List<long> Workspaces);
}
