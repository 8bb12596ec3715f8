using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Pacil.Workspaces;

namespace Pacil.Tests.Support;

/// <summary>An HTTP client with the cookies of one person.</summary>
internal sealed class Person
{
    private readonly HttpClient http;
    private readonly CookieContainer cookies;
    private readonly Uri site;

    public Person(Uri site, string address, CookieContainer? jar = null)
    {
        this.site = site;
        cookies = jar ?? new();
        Address = address;
        http = new HttpClient(new DescribedAnswers(cookies)) { BaseAddress = site };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
    }

    public Person(Uri site, Person same) : this(site, same.Address)
    {
        foreach (Cookie cookie in same.cookies.GetCookies(same.site))
            cookies.Add(site, new Cookie(cookie.Name, cookie.Value));
        (Name, Id, Workspace) = (same.Name, same.Id, same.Workspace);
    }

    public string Address { get; }
    public string Name { get; private set; } = "";
    public long Id { get; private set; }
    public long Workspace { get; private set; }

    /// <summary>The API token that this client sends instead of cookies.</summary>
    public string? Bearer { get; private init; }

    /// <summary>A client program of the same account, which sends this token instead of cookies.</summary>
    public Person Program(string token) =>
        new(site, Address)
        { Bearer = token, Name = Name, Id = Id, Workspace = Workspace, Known = Known, Language = Language };

    /// <summary>The id of the item or room that the test is about.</summary>
    public long Known { get; set; } = 1;

    /// <summary>The id of a message in the person's lobby.</summary>
    public long Message { get; set; } = 1;

    /// <summary>The value of the Accept-Language header. Null means no header.</summary>
    public string? Language { get; set; }

    public Uri Site => site;

    public CookieContainer Cookies => cookies;

    public string CookieHeader => cookies.GetCookieHeader(site);

    public string? Cookie(string name) => cookies.GetCookies(site)[name]?.Value;

    public Task<Reply> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, null, headers);

    public Task<Reply> Post(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, Content(body), headers);

    public Task<Reply> Put(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Put, path, Content(body), headers);

    public Task<Reply> Patch(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Patch, path, Content(body), headers);

    public Task<Reply> Delete(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Delete, path, null, headers);

    /// <summary>
    /// Submits a form as a browser without scripts does: the CSRF token is a form field, and the response is HTML.
    /// </summary>
    public async Task<Reply> SubmitForm(string path, params (string Name, string Value)[] fields)
    {
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
            .Append(KeyValuePair.Create("csrftoken", Bearer is null ? await Token() : ""));
        return await Send(
            HttpMethod.Post, path, new FormUrlEncodedContent(form), [("Accept", "text/html"), ("X-CSRFToken", "")]);
    }

    public Task<Reply> Page(string path) => Get(path, ("Accept", "text/html"));

    public async Task<Reply> Send(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (Language is not null) request.Headers.Add("Accept-Language", Language);
        if (Bearer is not null) request.Headers.Add("Authorization", $"Bearer {Bearer}");
        else if (method != HttpMethod.Get) request.Headers.Add("X-CSRFToken", await Token());
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            if (value.Length > 0) request.Headers.TryAddWithoutValidation(name, value);
        }
        var cancellation = TestContext.Current.CancellationToken;
        using var response = await http.SendAsync(request, cancellation);
        return new Reply(response, await response.Content.ReadAsStringAsync(cancellation));
    }

    public async Task<Reply> Register(string name, string password = TestApp.Password)
    {
        Name = name;
        var reply = await Post("/api/register", new { username = name, password });
        reply.Status.ShouldBe(201, reply.Text);
        return reply;
    }

    public Task<Reply> SignInAs(string name, string password = TestApp.Password)
    {
        Name = name;
        return SignIn(password);
    }

    public async Task<Reply> SignIn(string password = TestApp.Password)
    {
        var reply = await Post("/api/login", new { username = Name, password });
        reply.Status.ShouldBe(200, reply.Text);
        Id = reply.Json.GetProperty("id").GetInt64();
        Workspace = reply.Json.GetProperty("workspace").GetInt64();
        return reply;
    }

    public async Task<long> CreateItem(string name = "Bolt", long amount = 0)
    {
        var reply = await Post("/api/items", new { name, amount });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json.GetProperty("id").GetInt64();
    }

    public async Task<long> CreateRoom(string name = "Garage")
    {
        var reply = await Post("/api/rooms", new { name });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json.GetProperty("id").GetInt64();
    }

    public async Task<long> CreateWorkspace(string name = "Lab")
    {
        var reply = await Post("/api/workspaces", new { name });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json.GetProperty("id").GetInt64();
    }

    /// <summary>
    /// Makes another person a member by an invitation link. If workspace is null, the person becomes a member of this
    /// person's own workspace.
    /// </summary>
    public async Task Admit(Person member, Role role = Role.Viewer, long? workspace = null)
    {
        var invited = await Post($"/api/w/{workspace ?? Workspace}/invitations", new { role = role.Name() });
        invited.Status.ShouldBe(201, invited.Text);
        var accepted = await member.Post(invited.Json.GetProperty("path").GetString()!);
        accepted.Status.ShouldBe(200, accepted.Text);
    }

    public async Task<JsonElement> CreateToken(string scope = "write", string name = "Printer")
    {
        var reply = await Post("/api/tokens", new { name, scope });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json;
    }

    public async Task<JsonElement> Item(long id)
    {
        var reply = await Get($"/api/items/{id}");
        reply.Status.ShouldBe(200, reply.Text);
        return reply.Json;
    }

    public async Task<string[]> Names(string path) =>
        [.. (await Get(path)).Json.EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

    /// <summary>The CSRF token. Requests a token from the server if the client has none yet.</summary>
    private async Task<string> Token()
    {
        if (Cookie("csrftoken") is null)
            (await http.GetAsync("/api/me", TestContext.Current.CancellationToken)).Dispose();
        return Cookie("csrftoken")!;
    }

    private static HttpContent? Content(object? body) => body switch
    {
        null => null,
        HttpContent content => content,
        _ => JsonContent.Create(body),
    };
}

/// <summary>A complete HTTP response.</summary>
internal sealed class Reply(HttpResponseMessage response, string text)
{
    public int Status { get; } = (int)response.StatusCode;
    public string Text { get; } = text;
    public string? ContentType { get; } = response.Content.Headers.ContentType?.ToString();
    public Dictionary<string, string> Headers { get; } = response.Headers.Concat(response.Content.Headers)
        .ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);

    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Text);
            return document.RootElement.Clone();
        }
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The URL of the next page, from the <c>Link</c> header.</summary>
    public string? Next => Header("Link")?.Split('<', '>')[1];

    /// <summary>
    /// Asserts that the response is a complete problem with this status and code, and with an error for each of these
    /// fields.
    /// </summary>
    public Reply ShouldBeProblem(int status, string code, params string[] fields)
    {
        Status.ShouldBe(status, Text);
        ContentType.ShouldBe("application/problem+json");
        var problem = Json;
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("type").GetString().ShouldBe($"urn:pacil:problem:{code}");
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotStartWith("problem.");
        problem.GetProperty("error").GetString().ShouldBe(problem.GetProperty("detail").GetString());
        problem.GetProperty("trace_id").GetString().ShouldNotBeNullOrEmpty();
        foreach (var field in fields)
        {
            problem.GetProperty("errors").TryGetProperty(field, out var messages).ShouldBeTrue($"{field} in {Text}");
            messages.EnumerateArray().ShouldAllBe(message => !message.GetString()!.StartsWith("error."));
        }
        return this;
    }
}
