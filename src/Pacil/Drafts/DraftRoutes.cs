using Pacil.Data;
using Pacil.Identity.Erasure;
using Pacil.Web;
using Pacil.Web.Requests;

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
        var draft = app.MapGroup("/api/drafts/{form}").WithTags("Drafts").RequireAuthorization()
            .WithParameters(Parameter.PathText("form", "A name for the form, up to 100 characters."));
        draft.MapGet("", FormDrafts.Read).WithOperation("readDraft", "Read what you have typed into a form.")
            .Produces<DraftBody>();
        draft.MapPut("", FormDrafts.Save).WithOperation("saveDraft", "Save what you have typed into a form.")
            .Accepts<DraftBody>().Produces<SavedDraft>();
        draft.MapDelete("", FormDrafts.Delete).WithOperation("deleteDraft", "Delete a draft.").Produces(204);
    }
}
