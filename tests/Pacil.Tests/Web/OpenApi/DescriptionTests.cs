using System.Text.Json;
using System.Text.Json.Nodes;
using Pacil.Tests.Golden;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web.OpenApi;

/// <summary>
/// The API description is complete. <see cref="DescribedAnswers"/> compares it with the answers of all other tests.
/// </summary>
public sealed class DescriptionTests
{
    /// <summary>Problems that are no answer of an operation, and why.</summary>
    private static readonly Dictionary<string, string> NotOfOperations = new()
    {
        ["unknown_host"] = "stands before the routes",
        ["method_not_allowed"] = "there is no such operation",
        ["too_long"] = "the server refuses the address",
        ["page_outdated"] = "of pages only",
        ["invitation_expired"] = "of pages only",
        ["invitation_revoked"] = "of pages only",
        ["sign_in_link_gone"] = "of pages only",
        ["batch_too_large"] = "of a part of a batch",
        ["not_in_a_batch"] = "of a part of a batch",
        ["not_atomic"] = "of a part of a batch",
        ["not_done"] = "of a part of a batch",
    };

    [Fact]
    public void Every_operation_says_what_it_does_and_takes_and_answers()
    {
        foreach (var (name, operation) in Operations())
        {
            ((string?)operation["operationId"]).ShouldNotBeNullOrEmpty($"{name} has no id");
            ((string?)operation["summary"]).ShouldNotBeNull($"{name} has no summary")
                .ShouldEndWith(".", customMessage: name);
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                parameter!["description"].ShouldNotBeNull($"{name}: {parameter["name"]} has no description");
            if (operation["requestBody"] is { } body) ShouldHaveExamples(name, body);
            var answers = operation["responses"]!.AsObject();
            answers.Count(answer => answer.Key[0] == '4').ShouldBeGreaterThan(0, name);
            foreach (var (status, answer) in answers.Where(answer => answer.Key[0] == '2'))
            {
                if (status != "204") answer!["content"].ShouldNotBeNull($"{name}: {status} has no schema");
                ShouldHaveExamples(name, answer!);
            }
        }
    }

    [Fact]
    public void Every_id_is_unique()
    {
        var ids = Operations().Select(one => one.Operation["operationId"]!.GetValue<string>()).ToList();
        ids.Count.ShouldBeGreaterThan(100);
        ids.ShouldBeUnique();
    }

    [Fact]
    public void Every_example_fits_its_schema()
    {
        var schemas = Document["components"]!["schemas"]!.AsObject()
            .Where(schema => schema.Value!["examples"] is not null).ToList();
        schemas.Count.ShouldBeGreaterThan(40);
        foreach (var (name, schema) in schemas)
        {
            using var example = JsonDocument.Parse(schema!["examples"]![0]!.ToJsonString());
            ApiDocument.Faults(ApiDocument.Schema(schema), example.RootElement).ShouldBeNull(name);
        }
    }

    [Fact]
    public void Every_problem_is_an_answer_of_some_operation()
    {
        var declared = Document["components"]!["responses"]!.AsObject()
            .SelectMany(response => response.Value!["x-codes"]!.AsArray().Select(code => code!.GetValue<string>()));
        GoldenFile.Read("problems.json").AsObject().Select(problem => problem.Key)
            .Except(declared).Order().ShouldBe(NotOfOperations.Keys.Order());
    }

    private static JsonNode Document { get; } = GoldenFile.Read("openapi.json");

    private static IEnumerable<(string Name, JsonNode Operation)> Operations() =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!);

    /// <summary>A JSON body must be a component with an example, or a list of such components.</summary>
    private static void ShouldHaveExamples(string name, JsonNode body)
    {
        if (body["content"]?["application/json"]?["schema"] is not { } schema) return;
        if (schema["type"]?.ToJsonString() == "\"array\"") schema = schema["items"]!;
        ApiDocument.Resolved(schema)["examples"].ShouldNotBeNull($"{name}: {schema} has no example");
    }
}
