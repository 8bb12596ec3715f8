using System.Text;
using Microsoft.AspNetCore.Http;
using Pacil.Items;
using Pacil.Tests.Support;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Tests.Golden;

/// <summary>Problems that no simple request causes. The tests compare only their wording and shape.</summary>
internal static class ProblemsNotProvoked
{
    private const string Hundreds = "needs hundreds of rows";

    public static readonly (Problem Problem, string Why)[] All =
    [
        (new(408, "timed_out") { EndsConnection = true }, "needs half a minute of a slow body: SlowBodyTests"),
        (new(414, "too_long"), "the server refuses such an address before the program hears of it"),
        (new(500, "internal"), "needs a defect"),
        (new(503, "unavailable") { RetryAfterSeconds = 1 }, "needs a disk that is full: FullDiskTests"),
        (new(503, "took_too_long") { RetryAfterSeconds = 5 }, "needs a read of several seconds: DeadlineTests"),
        (new(503, "outcome_unknown") { RetryAfterSeconds = 1 },
            "needs a connection that breaks in a commit: CommitInDoubtTests"),
        (new(409, "concurrently_changed"), "needs two changes at one moment"),
        (new(403, "page_outdated"), "stands on a page only: ForeignPageTests"),
        (new(413, "batch_too_large"), "needs an answer of eight megabytes"),
        (new(409, "undone_too_often", 100), "needs a hundred undos of one entry: UndoTests"),
        (new(409, "too_many_items", 10_000), "needs ten thousand items: BulkScaleTests"),
        (new(409, "too_many_pieces", long.MaxValue), "needs a thousand full items: TotalTests"),
        (new(409, "too_many_rooms", 200), Hundreds),
        (new(409, "too_many_stars", Star.Max), Hundreds),
        (new(409, "too_many_blocks", Block.Max), Hundreds),
        (new(409, "too_many_invitations", 200), Hundreds),
        (new(409, "too_many_workspaces", 100, 1000), Hundreds),
    ];

    public static async Task<ProblemAnswer> Answer(Problem problem, TestApp app, string language)
    {
        var context = new DefaultHttpContext { RequestServices = app.Services };
        var body = new MemoryStream();
        context.Response.Body = body;
        context.Request.Headers.AcceptLanguage = language;
        await problem.ExecuteAsync(context);
        await context.Response.BodyWriter.FlushAsync();
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)context.Response.StatusCode);
        response.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, value) in context.Response.Headers)
            if (!response.Headers.TryAddWithoutValidation(name, value.ToString()))
                response.Content.Headers.TryAddWithoutValidation(name, value.ToString());
        var answer = ProblemAnswer.Of(new Reply(response, Encoding.UTF8.GetString(body.ToArray())));
        // The problem was made without a request, so it has no trace id.
        answer.Body["trace_id"] = "<trace>";
        return answer;
    }
}
