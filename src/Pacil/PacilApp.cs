using Pacil.ActivityLog;
using Pacil.Admin;
using Pacil.Batch;
using Pacil.Chat;
using Pacil.Drafts;
using Pacil.Exchange;
using Pacil.Identity.Accounts;
using Pacil.Identity.Erasure;
using Pacil.Identity.Registration;
using Pacil.Identity.Sessions;
using Pacil.Identity.Tokens;
using Pacil.Items;
using Pacil.Items.Stock;
using Pacil.Notifications;
using Pacil.Notifications.Blocks;
using Pacil.Search;
using Pacil.Streaming;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.Language;
using Pacil.Web.OpenApi;
using Pacil.Web.RateLimits;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil;

internal static class PacilApp
{
    /// <summary>Builds the application without middleware and routes, which only <c>serve</c> needs.</summary>
    public static WebApplication Build(Settings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Pacil",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.AddQuietConsole();
        builder.AddHttps(settings);
        AddSlices(builder.Services, settings);
        return builder.Build();
    }

    /// <summary>Adds middleware and routes: the longest part of the start, so other commands skip it.</summary>
    public static void UsePacil(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<Settings>();
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseHttps(settings);
        app.UseForeignPages(settings);
        app.UseRoutes();
        app.UseSessions();
        app.UseAudit();
        app.UseCulture();
        app.UseFeed();
        app.UseResponseCompression();
        app.UseRequestsAtOnce(settings);
        app.UseRates();
        app.UseAuthorization();
        app.UseNegotiation();
        app.UsePageMethods();
        app.UseBodyLimit(settings);
        app.UseForms();
        app.UseCsrf();
        app.UseAttempts();
        app.UseApiDescription();

        MapSlices(app);
    }

    private static void AddSlices(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddData(settings);
        services.AddLimits(settings);
        services.AddForeignPages(settings);
        services.AddAccounts();
        services.AddWorkspaces();
        services.AddRegistration();
        services.AddErasure();
        services.AddDrafts();
        services.AddFeed();
        services.AddChat();
        services.AddItems();
        services.AddNotifications(settings);
        services.AddBatch();
        services.AddUsers();
        services.AddPages();
        Compression.Add(services);
        services.AddApiDescription();
        services.AddHostedService<Housekeeping>();
        services.AddHostedService<IdleMemory>();
        services.RemoveFrameworkAuthentication();
    }

    private static void MapSlices(WebApplication app)
    {
        app.MapPages();
        app.MapAccounts();
        app.MapRegistration();
        app.MapErasure();
        app.MapDrafts();
        app.MapBlocks();
        app.MapTokens();
        app.MapHealth();
        app.MapUsers();
        app.MapMyData();
        app.MapWorkspaces();
        app.MapNotifications();
        foreach (var prefix in new[] { "", "/w/{workspace:long}" })
        {
            var workspace = app.MapGroup($"/api{prefix}").RequireAuthorization().InAtomicBatch();
            workspace.MapMembers();
            workspace.MapItems();
            workspace.MapActivity();
            workspace.MapMovements();
            workspace.MapFeed();
            workspace.MapSearch();
            workspace.MapChat();
            var pages = app.MapGroup(prefix).RequireAuthorization();
            pages.MapDjango();
            pages.MapItemForms();
            pages.MapActivityForms();
            pages.MapMemberForms();
            pages.MapChatForms();
        }
        app.MapBatch();
    }
}
