using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pacil.Tests.Support;

namespace Pacil.Tests;

/// <summary>
/// Sends every request of docs/requests.http, in its order, as an editor does: with the cookies of earlier answers and
/// the variables of the file. Each must get the status that its comment names.
/// </summary>
public sealed partial class RequestsFileTests
{
    private readonly Dictionary<string, string> variables = [];
    private readonly Dictionary<string, Reply> replies = [];

    [Theory, Databases]
    public async Task Every_request_gets_the_status_that_the_file_names(TestDatabase database)
    {
        var app = await TestApp.On(database);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var file = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs/requests.http"), TestContext.Current.CancellationToken);
        foreach (Match variable in Variable().Matches(file))
            variables[variable.Groups["name"].Value] = variable.Groups["value"].Value;
        variables["site"] = app.Address.ToString().TrimEnd('/');
        var requests = file.Split("\n###")[1..];
        requests.Length.ShouldBeGreaterThan(15);

        foreach (var request in requests)
        {
            var title = request.Split('\n')[0].Trim();
            var reply = await Send(http, request);
            reply.Status.ToString().ShouldBe(Status().Match(request).Groups["status"].Value, $"{title}\n{reply.Text}");
            if (Name().Match(request) is { Success: true } name) replies[name.Groups["name"].Value] = reply;
        }
    }

    private async Task<Reply> Send(HttpClient http, string request)
    {
        var lines = request.Split('\n').Skip(1).SkipWhile(line => line.StartsWith('#')).Select(Resolve).ToList();
        var head = lines.TakeWhile(line => line != "").ToList();
        var body = string.Join('\n', lines.Skip(head.Count)).Trim();
        var (method, url) = (head[0].Split(' ')[0], head[0].Split(' ')[1]);
        using var message = new HttpRequestMessage(new HttpMethod(method), url);
        if (body != "") message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var header in head.Skip(1).Select(line => line.Split(": ", 2)))
            if (header[0] != "Content-Type") message.Headers.Add(header[0], header[1]);
        using var response = await http.SendAsync(message, TestContext.Current.CancellationToken);
        return new Reply(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>
    /// Replaces the variables: those of the file, and those with a part of an earlier answer, such as
    /// <c>{{item.response.body.$.id}}</c> or <c>{{item.response.headers.ETag}}</c>.
    /// </summary>
    private string Resolve(string line) => Use().Replace(line, use =>
    {
        var parts = use.Groups["what"].Value.Split('.');
        return parts switch
        {
            [var name] => Resolve(variables[name]),
            [var name, "response", "headers", var header] => replies[name].Header(header).ShouldNotBeNull(use.Value),
            [var name, "response", "body", "$", var member] => replies[name].Json.GetProperty(member).ToString(),
            _ => throw new FormatException(use.Value),
        };
    });

    [GeneratedRegex(@"^@(?<name>\w+) = (?<value>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^# (?<status>\d{3})$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Status();

    [GeneratedRegex(@"^# @name (?<name>\w+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{(?<what>.+?)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Use();
}
