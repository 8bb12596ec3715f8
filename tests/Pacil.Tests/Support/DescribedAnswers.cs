using System.Net;
using System.Text.Json;
using Json.Schema;
using Pacil.Tests.Golden;

namespace Pacil.Tests.Support;

/// <summary>
/// Compares every answer of the server with the API description: the status, the media type, the members of the body,
/// and the code of a problem must be declared there. An answer that is not declared fails the test that receives it.
/// </summary>
internal sealed class DescribedAnswers(CookieContainer cookies)
    : DelegatingHandler(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false })
{
    /// <summary>Longer bodies are not compared: those of the tests with thousands of rows would take seconds.</summary>
    private const int BytesMax = 256 * 1024;

    private const string Problem = "application/problem+json";

    /// <summary>The server gives these before it looks for a route, so no operation declares them.</summary>
    private static readonly string[] CodesOfTheServer = ["unknown_host", "not_found", "method_not_allowed"];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType is "application/json" or Problem)
            await response.Content.LoadIntoBufferAsync(cancellationToken);
        if (await Fault(request, response) is { } fault)
            Assert.Fail(
                $"{request.Method} {request.RequestUri!.PathAndQuery} was answered {(int)response.StatusCode}, "
                + $"which the API description does not allow: {fault}");
        return response;
    }

    private static async Task<string?> Fault(HttpRequestMessage request, HttpResponseMessage response)
    {
        // The description is one of the files that are written then, so it may be the old one.
        if (GoldenFile.IsWriting) return null;
        var media = response.Content.Headers.ContentType?.MediaType;
        // A browser gets pages and redirects, also from routes of the API.
        if (request.Headers.Accept.ToString().Contains("text/html")) return null;
        // The redirect to HTTPS comes before any route.
        if (response.StatusCode == HttpStatusCode.PermanentRedirect) return null;
        var method = request.Method == HttpMethod.Head ? HttpMethod.Get : request.Method;
        var code = media == Problem ? await Code(response) : null;
        if (CodesOfTheServer.Contains(code)) return null;
        if (ApiDocument.Find(method, request.RequestUri!.AbsolutePath) is not { } operation) return null;
        if (operation.Answers.GetValueOrDefault((int)response.StatusCode) is not { } answer)
            return $"the status, with {code ?? "no problem code"}";
        if (code is not null && !answer.Codes.Contains(code)) return $"the code {code}";
        var isEmpty = media is null || request.Method == HttpMethod.Head;
        if (isEmpty) return answer.Schemas.Count == 0 || request.Method == HttpMethod.Head ? null : "no body";
        if (!answer.Schemas.TryGetValue(media!, out var schema)) return $"the media type {media}";
        return media!.EndsWith("json") ? await Fault(response, schema) : null;
    }

    private static async Task<string> Code(HttpResponseMessage response)
    {
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("code").GetString()!;
    }

    private static async Task<string?> Fault(HttpResponseMessage response, JsonSchema schema)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        if (body.Length > BytesMax) return null;
        using var json = JsonDocument.Parse(body);
        return ApiDocument.Faults(schema, json.RootElement);
    }
}
