using Pacil.Data;
using Pacil.Identity.Erasure;
using Pacil.Web;

namespace Pacil.Drafts;

internal static class DraftRoutes
{
    public static void AddDrafts(this IServiceCollection services)
    {
        services.AddSingleton<CleanupTask>(FormDrafts.DeleteExpired);
        services.AddSingleton<ErasureStep>(FormDrafts.Erase);
    }

    public static void MapDrafts(this IEndpointRouteBuilder app)
    {
        var draft = app.MapGroup("/api/drafts/{form}").WithTags("Drafts").RequireAuthorization();
        draft.MapGet("", FormDrafts.Read);
        draft.MapPut("", FormDrafts.Save).Accepts<Dictionary<string, string>>().Produces<SavedDraft>();
        draft.MapDelete("", FormDrafts.Delete).Produces(204);
    }
}
