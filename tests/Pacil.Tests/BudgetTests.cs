using System.Collections;
using System.Data.Common;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Tests.Support;

namespace Pacil.Tests;

/// <summary>
/// docs/operating/limits.md must list everything in memory that can grow. Reflection finds every field that is a
/// collection, a channel, a rate limiter or a replaceable array, except in types that are released with the request.
/// </summary>
public sealed partial class BudgetTests
{
    private static readonly Assembly Program = typeof(Pacil.Data.Database).Assembly;

    /// <summary>Types that belong to one request or one use case and are released with it.</summary>
    private static readonly string[] PerRequest =
    [
        "CollectedWrites", "FormMerge", "EntryColumns", "RequestFields", "IndexModel", "ItemPage", "Lease", "Pass",
        "PostgresIds", "PostgresTransaction", "SearchTerms", "Taken", "Turn", "WriteTransaction",
    ];

    [Fact]
    public void Every_field_that_can_grow_has_its_bound_in_limits()
    {
        var fields = Program.GetTypes()
            .Where(type => !type.Name.Contains('<') && !PerRequest.Contains(type.Name))
            .SelectMany(type => type.GetFields(Everything))
            .Where(CanGrow)
            .Select(field => $"`{Name(field.DeclaringType!)}.{Parameter().Replace(field.Name, "${name}")}`")
            .ToList();
        fields.Count.ShouldBeGreaterThan(10);

        fields.Where(field => !Limits.Contains(field)).ShouldBeEmpty();
    }

    /// <summary>
    /// These .NET members store something for every name that they receive, so only the listed files are allowed to use
    /// them. These files must not pass a name that a client chose.
    /// </summary>
    [Theory]
    [InlineData("GetCultureInfo(", "Culture.cs", "Texts.cs")]
    [InlineData("SystemTimeZoneById(", "TimeZones.cs")]
    [InlineData("new CultureInfo(")]
    [InlineData("new Regex(")]
    [InlineData("Encoding.GetEncoding(")]
    public void What_keeps_every_name_it_is_given_is_asked_in_one_place(string call, params string[] files) =>
        Repository.Files("src/Pacil", "cs", "cshtml").Where(file => file.Text.Contains(call))
            .Select(file => Path.GetFileName(file.Path)).Except(files).ShouldBeEmpty();

    [Fact]
    public async Task What_strangers_may_ask_for_is_limited_or_constant()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var open = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null).ToList();
        open.Count.ShouldBeGreaterThan(10);

        open.Where(endpoint => endpoint.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null)
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.Trim('/')}").Distinct().Order().ShouldBe(
        [
            // The feed authenticates and counts requests itself. The other route returns a constant response.
            "/api/feed", "/api/w/{workspace:long}/feed", "/healthz",
        ]);
    }

    private const BindingFlags Everything =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly;

    private static string Limits { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docs/operating/limits.md"));

    private static string Name(Type type) => type.Name.Split('`')[0];

    private static bool CanGrow(FieldInfo field)
    {
        var type = field.FieldType;
        if (!field.IsStatic
            && (IsRecord(field.DeclaringType!) || field.DeclaringType!.IsAssignableTo(typeof(PageModel)))) return false;
        if (type.IsArray) return !field.IsInitOnly && !field.Name.Contains("k__BackingField");
        if (type.Namespace is "System.Collections.Frozen" || type.IsAssignableTo(typeof(DbConnectionStringBuilder)))
            return false;
        var isCollection = type.IsAssignableTo(typeof(ICollection))
            || type.GetInterfaces().Any(
                contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ICollection<>));
        return isCollection || type.Namespace == "System.Threading.Channels"
            || type.Namespace == typeof(RateLimiter).Namespace
            || type.Name.StartsWith("ConditionalWeakTable") || type.Name.Contains("MemoryCache");
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null || type.GetMethod("PrintMembers", Everything) is not null;

    /// <summary>
    /// The compiler's name for the field behind a property or behind a parameter of a primary constructor.
    /// </summary>
    [GeneratedRegex("^<(?<name>\\w+)>.*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}
