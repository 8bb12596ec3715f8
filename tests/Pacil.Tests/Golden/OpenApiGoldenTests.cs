using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

public sealed class OpenApiGoldenTests
{
    [Fact]
    public async Task The_description_of_the_API_is_as_the_golden_file_has_it()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var reply = await app.Stranger().Get("/openapi/v1.json");
        // The API description contains the server's address, whose port differs in each run.
        var text = reply.Text.Replace($":{app.Address.Port}", ":<port>");
        GoldenFile.ShouldMatch("openapi.json", System.Text.Json.Nodes.JsonNode.Parse(text)!);
    }
}
