using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Pacil.Web;

namespace Pacil.Batch;

/// <summary>The response to one part of a batch.</summary>
/// <param name="Body">The response body as JSON; empty if there is none.</param>
internal sealed record PartAnswer(int Status, List<KeyValuePair<string, StringValues>> Headers, byte[] Body)
{
    public static PartAnswer Of(Problem problem, HttpContext batch) =>
        new(problem.Status, [], problem.Bytes(batch));

    public static PartAnswer Of(ApiResponse answer)
    {
        var headers = new List<KeyValuePair<string, StringValues>>();
        if (answer.Location is not null) headers.Add(new("Location", answer.Location));
        if (answer.ETag is not null) headers.Add(new("ETag", answer.ETag));
        return new PartAnswer(answer.Status, headers, answer.Body ?? []);
    }

    public static PartAnswer Of(Result<ApiResponse> result, HttpContext batch) =>
        result.IsProblem ? Of(result.Problem, batch) : Of(result.Value!);

    /// <summary>The response body of a batch: <c>{"responses": [{status, headers, body}]}</c>.</summary>
    public static byte[] Bytes(List<PartAnswer> answers) => Json.Bytes(answers, static (json, answers) =>
    {
        json.WriteStartObject();
        json.WritePropertyName("responses");
        Write(json, answers);
        json.WriteEndObject();
    });

    public static void Write(Utf8JsonWriter json, List<PartAnswer> answers)
    {
        json.WriteStartArray();
        foreach (var (status, headers, body) in answers)
        {
            json.WriteStartObject();
            json.WriteNumber("status", status);
            json.WriteStartObject("headers");
            foreach (var (name, value) in headers) json.WriteString(name, value.ToString());
            json.WriteEndObject();
            json.WritePropertyName("body");
            if (body.Length > 0) json.WriteRawValue(body, skipInputValidation: true);
            else json.WriteNullValue();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
