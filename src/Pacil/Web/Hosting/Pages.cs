using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.Extensions.WebEncoders;
using Pacil.Web.Forms;

namespace Pacil.Web.Hosting;

/// <summary>Adds static files and Razor Pages. Each page is in the folder of its feature.</summary>
internal static class Pages
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<Assets>();
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new(UnicodeRanges.All));
        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = Flash.CookieName;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.IsEssential = true;
        });
        services.AddRazorPages(options =>
        {
            options.RootDirectory = "/";
            options.Conventions.AuthorizeFolder("/");
            // Csrf.cs already checks every unsafe request.
            options.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute());
            options.Conventions.AddFolderRouteModelConvention("/Items", InEveryWorkspace);
            options.Conventions.AddPageRouteModelConvention("/Workspaces/Members", InEveryWorkspace);
            options.Conventions.AddPageRouteModelConvention("/ActivityLog/Index", InEveryWorkspace);
            options.Conventions.AddPageRouteModelConvention("/Chat/Index", InEveryWorkspace);
            options.Conventions.AddPageRouteModelConvention("/Shell/ShowItem", InEveryWorkspace);
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().DisableRateLimiting();
        app.MapRazorPages().WithStaticAssets();
        Assets.MapTexts(app);
    }

    /// <summary>Adds a second route to a page: "/w/3/items/7" in addition to "/items/7".</summary>
    private static void InEveryWorkspace(PageRouteModel page)
    {
        var templates = page.Selectors.Select(selector => selector.AttributeRouteModel!.Template!.TrimStart('/'));
        foreach (var template in templates.ToList())
            page.Selectors.Add(new SelectorModel
            {
                AttributeRouteModel = new AttributeRouteModel
                {
                    Template = AttributeRouteModel.CombineTemplates("w/{workspace:long}", template),
                },
            });
    }
}
