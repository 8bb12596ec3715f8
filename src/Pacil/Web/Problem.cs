using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Pacil.Web.Hosting;
using Pacil.Web.Language;
using static Pacil.Web.Language.Texts;

namespace Pacil.Web;

/// <summary>
/// A refused request. The response is JSON in the format of RFC 9457, or a page if the browser asks for HTML. The
/// message for users is in the resources under <c>problem.CODE</c>.
/// </summary>
/// <param name="Code">Identifies the problem for programs: stable, in snake_case.</param>
/// <param name="Arguments">The values for the placeholders of the message.</param>
internal sealed record Problem(int Status, string Code, params object?[] Arguments) : IResult, IActionResult
{
    public static readonly Problem NotFound = new(StatusCodes.Status404NotFound, "not_found");
    public static readonly Problem Forbidden = new(StatusCodes.Status403Forbidden, "forbidden");

    /// <summary>The error messages of each field. Field names are in snake_case.</summary>
    public IReadOnlyDictionary<string, List<Text>>? Errors { get; init; }

    /// <summary>Additional members of the JSON object. Each value is serialized JSON.</summary>
    public IReadOnlyList<(string Name, string Json)> Members { get; init; } = [];

    public int? RetryAfterSeconds { get; init; }

    /// <summary>
    /// Whether the connection closes after the response, because the rest of the request body has not been read.
    /// </summary>
    public bool EndsConnection { get; init; }

    public string Title => T($"status.{Status}");

    /// <summary>One or two sentences for users. If fields have errors, the messages of all fields.</summary>
    public string Detail => Errors is null ? T($"problem.{Code}", Arguments) : string.Join(' ', FieldByField(Errors));

    private static IEnumerable<string> FieldByField(IReadOnlyDictionary<string, List<Text>> errors) =>
        errors.SelectMany(field => field.Value.Select(text => $"{T($"field.{field.Key}")}: {text}"));

    /// <summary>422: some fields are not valid.</summary>
    public static Problem Invalid(IReadOnlyDictionary<string, List<Text>> errors) =>
        new(StatusCodes.Status422UnprocessableEntity, "invalid") { Errors = errors };

    /// <summary>422: one field is not valid.</summary>
    public static Problem Invalid(string field, string key, params object?[] arguments) =>
        Invalid(new Dictionary<string, List<Text>> { [field] = [new(key, arguments)] });

    public Task ExecuteAsync(HttpContext httpContext)
    {
        Culture.Set(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (EndsConnection) response.Headers.Connection = "close";
        return httpContext.Request.WantsHtml() ? WritePage(httpContext) : WriteJson(response);
    }

    Task IActionResult.ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    private Task WritePage(HttpContext context)
    {
        Audit.Refused(context, this);
        var view = new ViewResult
        {
            ViewName = "/Web/Problem.cshtml",
            StatusCode = Status,
            ViewData = new ViewDataDictionary<Problem>(new EmptyModelMetadataProvider(), new ModelStateDictionary())
            {
                Model = this,
            },
        };
        return view.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor()));
    }

    /// <summary>The problem as JSON in the current language. Also records a 403 in the audit log.</summary>
    public byte[] Bytes(HttpContext context)
    {
        Audit.Refused(context, this);
        return Json.Bytes((this, TraceId(context)), static (json, what) => what.Item1.Write(json, what.Item2));
    }

    private async Task WriteJson(HttpResponse response)
    {
        response.ContentType = "application/problem+json";
        await response.BodyWriter.WriteAsync(Bytes(response.HttpContext));
    }

    private void Write(Utf8JsonWriter json, string? traceId)
    {
        json.WriteStartObject();
        json.WriteString("type", $"urn:pacil:problem:{Code}");
        json.WriteString("title", Title);
        json.WriteNumber("status", Status);
        json.WriteString("detail", Detail);
        json.WriteString("error", Detail);
        json.WriteString("code", Code);
        if (Errors is not null)
        {
            json.WriteStartObject("errors");
            foreach (var (field, messages) in Errors)
            {
                json.WriteStartArray(field);
                foreach (var message in messages) json.WriteStringValue(message.ToString());
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        foreach (var (name, value) in Members)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value);
        }
        if (RetryAfterSeconds is { } seconds) json.WriteNumber("retry_after", seconds);
        if (traceId is not null) json.WriteString("trace_id", traceId);
        json.WriteEndObject();
    }

    /// <summary>The id that identifies this request in the server's log.</summary>
    public static string TraceId(HttpContext context) =>
        Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}
