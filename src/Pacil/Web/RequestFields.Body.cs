using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Pacil.Web;

/// <summary>How a request's body becomes fields.</summary>
internal sealed partial class RequestFields
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>
    /// As each takes memory of its own, beside its bytes: twelve bytes for two where a body is all commas. Less than
    /// <see cref="CountedBytesMin"/> cannot hold many.
    /// </summary>
    private const int ValuesMax = 50_000;
    private const int CountedBytesMin = 64 * 1024;

    /// <summary>
    /// JSON from outside: UTF-8, maybe after its mark, no name twice, none with half a character, not too deep, not
    /// too many values.
    /// </summary>
    /// <exception cref="JsonException">It is not.</exception>
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
    /// <exception cref="ProblemException">
    /// 400 malformed, 415 another media type; see <see cref="RequestBody"/>.
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

    /// <summary>For Razor Pages, whose body is always a form.</summary>
    /// <param name="but">Fields to take for not sent; an idempotency key is bound to them nevertheless.</param>
    public static RequestFields OfForm(IFormCollection form, params ReadOnlySpan<string> but) =>
        OfForm(form, isTyped: true, but);

    /// <param name="isTyped">By a person into a page; a program writes its numbers as everywhere in the API.</param>
    private static RequestFields OfForm(IFormCollection form, bool isTyped, params ReadOnlySpan<string> but)
    {
        var fields = form
            .Where(field => field.Key is not (Csrf.Name or Idempotency.FieldName))
            .ToDictionary(field => field.Key, field => field.Value);
        var raw = QueryHelpers.AddQueryString("", fields);
        foreach (var name in but) fields.Remove(name);
        return new RequestFields(fields) { Raw = Encoding.UTF8.GetBytes(raw), IsTyped = isTyped };
    }

    /// <summary>For what comes by another way than a request's body; good as long as the JSON is.</summary>
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
            // Said below, in words of ours.
        }
        throw Refused(StatusCodes.Status400BadRequest);
    }

    /// <summary>Plain, or a merge patch; another language that is written in JSON is not understood.</summary>
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

    /// <summary>Refuses what no XML or database can carry: half a surrogate pair, U+FFFE, U+FFFF, NUL.</summary>
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
