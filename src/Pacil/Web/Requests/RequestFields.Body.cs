using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Pacil.Web.Requests;

/// <summary>Parses a request body into fields.</summary>
internal sealed partial class RequestFields
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>
    /// The maximum number of tokens in a JSON body. A token may be a single byte of JSON, but JsonDocument needs twelve
    /// further bytes of memory for each token. In a body below <see cref="CountedBytesMin"/>, tokens are not counted,
    /// because they need less than 1 MB.
    /// </summary>
    private const int ValuesMax = 50_000;
    private const int CountedBytesMin = 64 * 1024;

    /// <summary>
    /// Parses JSON from a client. It must be UTF-8, with or without a byte order mark. Duplicate names and names with
    /// unpaired surrogates are refused, and the depth and the number of values are limited.
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

    /// <summary>
    /// Called by the framework to create the parameter of a handler. Reads the body according to its media type.
    /// </summary>
    /// <exception cref="ProblemException">
    /// 400: the body is malformed. 415: the media type is not supported. RequestBody throws further problems.
    /// </exception>
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

    /// <summary>Reads the form of a Razor Page.</summary>
    /// <param name="but">Fields to treat as not sent. The fingerprint of the idempotency key still covers them.</param>
    public static RequestFields OfForm(IFormCollection form, params ReadOnlySpan<string> but) =>
        OfForm(form, isTyped: true, but);

    /// <param name="isTyped">
    /// Whether a user has typed the values, in the user's number format. A program writes numbers as in JSON.
    /// </param>
    private static RequestFields OfForm(IFormCollection form, bool isTyped, params ReadOnlySpan<string> but)
    {
        var fields = form
            .Where(field => field.Key is not (Csrf.Name or Idempotency.FieldName))
            .ToDictionary(field => field.Key, field => field.Value);
        var raw = QueryHelpers.AddQueryString("", fields);
        foreach (var name in but) fields.Remove(name);
        return new RequestFields(fields) { Raw = Encoding.UTF8.GetBytes(raw), IsTyped = isTyped };
    }

    /// <summary>
    /// Reads JSON that is not a request body. The fields are valid until the JsonDocument of the element is disposed.
    /// </summary>
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
            // The body is not valid JSON. It is refused below.
        }
        throw Refused(StatusCodes.Status400BadRequest);
    }

    /// <summary>Accepts JSON and JSON merge patches. Other formats based on JSON are not supported.</summary>
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

    /// <summary>
    /// Refuses text that XML or a database cannot store: unpaired surrogates, U+FFFE, U+FFFF and NUL.
    /// </summary>
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
