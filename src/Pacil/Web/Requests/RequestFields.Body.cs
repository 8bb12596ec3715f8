using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Pacil.Web.Requests;

/// <summary>Parses a request's body into fields.</summary>
internal sealed partial class RequestFields
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>
    /// A JSON value takes twelve bytes of memory in addition to its text, which may be two bytes. A body below
    /// <see cref="CountedBytesMin"/> cannot hold too many values.
    /// </summary>
    private const int ValuesMax = 50_000;
    private const int CountedBytesMin = 64 * 1024;

    /// <summary>
    /// Parses JSON from outside: UTF-8 with or without a byte order mark, no duplicate names, no name with half a
    /// surrogate pair, limited depth and number of values.
    /// </summary>
    /// <exception cref="JsonException">The JSON breaks one of these rules.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith(Encoding.UTF8.Preamble)) json = json[Encoding.UTF8.Preamble.Length..];
        try
        {
            return Utf8.IsValid(json.Span) && !HasTooManyValues(json.Span)
                ? JsonDocument.Parse(json, Strict)
                : throw new JsonException();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(null, e);
        }
    }

    private static bool HasTooManyValues(ReadOnlySpan<byte> json)
    {
        if (json.Length < CountedBytesMin) return false;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        for (var values = 0; reader.Read(); values++)
            if (values == ValuesMax) return true;
        return false;
    }

    /// <summary>Binds a handler's parameter: reads the body as its media type says.</summary>
    /// <exception cref="ProblemException">400: malformed. 415: another media type. Others: see RequestBody.</exception>
    public static async ValueTask<RequestFields?> BindAsync(HttpContext context)
    {
        var request = context.Request;
        var isTyped = !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
        if (request.HasFormContentType) return OfForm(await request.ReadFormAsync(context.RequestAborted), isTyped);
        if (request.ContentLength is 0 || request.ContentLength is null && request.ContentType is null) return Empty;
        if (!IsJson(request))
            throw Refused(StatusCodes.Status415UnsupportedMediaType);
        var body = await RequestBody.Read(context);
        return body.Length == 0 ? Empty : OfJson(body);
    }

    /// <summary>For Razor Pages, whose body is always a form.</summary>
    /// <param name="but">Fields to treat as not sent. An idempotency key's fingerprint still covers them.</param>
    public static RequestFields OfForm(IFormCollection form, params ReadOnlySpan<string> but) =>
        OfForm(form, isTyped: true, but);

    /// <param name="isTyped">Whether a user typed the values into a page; a program writes numbers as in JSON.</param>
    private static RequestFields OfForm(IFormCollection form, bool isTyped, params ReadOnlySpan<string> but)
    {
        var fields = form
            .Where(field => field.Key is not (Csrf.Name or Idempotency.FieldName))
            .ToDictionary(field => field.Key, field => field.Value);
        var raw = QueryHelpers.AddQueryString("", fields);
        foreach (var name in but) fields.Remove(name);
        return new RequestFields(fields) { Raw = Encoding.UTF8.GetBytes(raw), IsTyped = isTyped };
    }

    /// <summary>For JSON that is not a request's body. Valid as long as the JSON's document.</summary>
    public static RequestFields Of(JsonElement json) => new(json) { Raw = default };

    private static RequestFields Empty => new([]) { Raw = default };

    private static RequestFields OfJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new RequestFields(document.RootElement.Clone()) { Raw = body };
        }
        catch (JsonException)
        {
            // Reported below.
        }
        throw Refused(StatusCodes.Status400BadRequest);
    }

    /// <summary>Plain JSON or a merge patch; other formats based on JSON are not supported.</summary>
    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/merge-patch+json", StringComparison.OrdinalIgnoreCase));

    private static ProblemException Refused(int status) => new(Problems.Of(status));

    private string Decoded(string name, JsonElement value)
    {
        try
        {
            return Decoded(name, value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            Error(name, "error.control_characters");
            return "";
        }
    }

    /// <summary>Refuses what XML or a database cannot store: half a surrogate pair, U+FFFE, U+FFFF, NUL.</summary>
    private string Decoded(string name, string text)
    {
        if (!text.AsSpan().ContainsAny('\0', '\uFFFE', '\uFFFF') && IsWellFormed(text)) return text;
        Error(name, "error.control_characters");
        return "";
    }

    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done) return false;
            rest = rest[length..];
        }
        return true;
    }
}
