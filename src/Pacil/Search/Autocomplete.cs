using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Search;

/// <summary>Suggests up to five item names for the text typed so far, which needs at least two characters.</summary>
internal static class Autocomplete
{
    private const int LengthMin = 2;
    private const int NamesMax = 5;

    public static async Task<IResult> Handle(CurrentWorkspace workspace, string? q)
    {
        var text = (q ?? "").Trim();
        var found = await SearchItems.Find(workspace, text.Length < LengthMin ? null : text, limit: int.MaxValue);
        return found is null
            ? Problem.NotFound
            : ApiResponse.Ok(
                [.. found.Rows.Select(item => item.Name).Distinct().Take(NamesMax)], SearchJson.Default.ListString);
    }
}
