using Pacil.Workspaces;

namespace Pacil.Tests.Web;

/// <summary>The values that a field of a request body accepts.</summary>
internal enum Takes
{
    /// <summary>One line of text, required.</summary>
    Name,

    /// <summary>Text, optional.</summary>
    Text,

    /// <summary>A whole number of at least 0, optional.</summary>
    Amount,

    /// <summary>A whole number other than 0, required.</summary>
    Delta,

    /// <summary>Values that other tests cover.</summary>
    Other,
}

internal sealed record Field(string Name, Takes Takes, int Max = 0);

/// <summary>A route of the API, and the fields of its request body that the tests fill with invalid values.</summary>
/// <param name="Path">
/// The path, with placeholders such as {item} for an item's id and {movement} for a movement's id; see <see
/// cref="Ids"/>.
/// </param>
/// <param name="Good">A valid request body. Null for a route without a body.</param>
internal sealed record Route(string Method, string Path, object? Good = null, params Field[] Fields)
{
    /// <summary>Whether the route needs no sign-in.</summary>
    public bool IsOpen { get; init; }

    public bool IsList { get; init; }
    public bool TakesIfMatch { get; init; }

    public bool IsAdministration { get; init; }

    /// <summary>Whether the route gives or revokes access. If so, a token needs the scope admin.</summary>
    public bool GivesAccess => Method != "GET" && AccessPaths.Any(Path.StartsWith);

    private static readonly string[] AccessPaths =
        ["/api/users", "/api/registration", "/api/tokens", "/api/members", "/api/invitations"];

    /// <summary>
    /// Whether the route belongs to the inventory. Such a route exists for every workspace, and its writes accept an
    /// idempotency key.
    /// </summary>
    public bool IsInWorkspace { get; init; }

    /// <summary>
    /// Whether the response contains a secret. Such a response is not stored for a retry with the same idempotency key.
    /// </summary>
    public bool TakesNoKey { get; init; }

    /// <summary>The minimum role. The default is viewer for reads and editor for writes.</summary>
    public Role Needs { get; init; } = Method == "GET" ? Role.Viewer : Role.Editor;

    /// <summary>
    /// Each placeholder of an id in <see cref="Path"/>, with the route parameter that the server uses for it.
    /// </summary>
    private static readonly (string Here, string There)[] Ids =
    [
        ("{item}", "{id:long}"), ("{movement}", "{movement:long}"), ("{account}", "{account:long}"),
        ("{invitation}", "{id:long}"),
        ("{workspace}", "{workspace:long}"), ("{seq}", "{seq:long}"),
        ("{message}", "{id:long}"),
    ];

    public string Name =>
        $"{Method} {Ids.Aggregate(Path.Split('?')[0], (path, id) => path.Replace(id.Here, id.There))}";

    public override string ToString() => Name;

    /// <summary>Every route of the API. A test fails if the server has a route that is missing here.</summary>
    public static readonly Route[] Api =
    [
        new("POST", "/api/register", new { username = "", password = "" },
            new Field("username", Takes.Name, 150), new Field("email", Takes.Text, 254),
            new Field("password", Takes.Other)) { IsOpen = true },
        new("POST", "/api/login", new { username = "", password = "" },
            new Field("username", Takes.Name, 150), new Field("password", Takes.Other)) { IsOpen = true },
        new("POST", "/api/logout"),
        new("GET", "/api/me") { IsOpen = true },
        new("PATCH", "/api/me", new { language = "en" }, new Field("username", Takes.Name, 150),
            new Field("email", Takes.Text, 254)),
        new("POST", "/api/me/password", new { current_password = "", password = "" },
            new Field("password", Takes.Other)),

        new("DELETE", "/api/me", new { password = "" }, new Field("password", Takes.Other),
            new Field("heir", Takes.Other)),
        new("GET", "/api/me/data"),

        new("GET", "/api/users") { IsList = true, IsAdministration = true },
        new("POST", "/api/users", new { username = "" },
            new Field("username", Takes.Name, 150), new Field("email", Takes.Text, 254)) { IsAdministration = true },
        new("GET", "/api/users/entries") { IsList = true, IsAdministration = true },
        new("GET", "/api/users/{account}") { IsAdministration = true },
        new("PUT", "/api/users/{account}", new { locked = false },
            new Field("username", Takes.Name, 150), new Field("email", Takes.Text, 254))
            { TakesIfMatch = true, IsAdministration = true },
        new("PATCH", "/api/users/{account}", new { locked = false },
            new Field("username", Takes.Name, 150), new Field("email", Takes.Text, 254))
            { TakesIfMatch = true, IsAdministration = true },
        new("DELETE", "/api/users/{account}", new { heir = "" }, new Field("heir", Takes.Text, 150))
            { TakesIfMatch = true, IsAdministration = true },
        new("DELETE", "/api/users/{account}/sessions") { TakesIfMatch = true, IsAdministration = true },
        new("POST", "/api/users/{account}/sign-in-link") { IsAdministration = true },
        new("GET", "/api/registration") { IsAdministration = true },
        new("PUT", "/api/registration", new { registration = "open" }, new Field("registration", Takes.Name))
            { IsAdministration = true },

        new("GET", "/api/drafts/{form}"),
        new("PUT", "/api/drafts/{form}", new { name = "Bo" }),
        new("DELETE", "/api/drafts/{form}"),

        // A user can block only an account that shares a workspace with the user, has invited the user, or appears in
        // the user's notifications. For all other ids, the PUT request gets 404.
        new("GET", "/api/blocks"),
        new("PUT", "/api/blocks/{account}"),
        new("DELETE", "/api/blocks/{account}"),

        // For tokens, {item} stands for the token's id. Most tests send the id of an item there, because they need no
        // existing token.
        new("GET", "/api/tokens"),
        new("POST", "/api/tokens", new { name = "Printer" }, new Field("name", Takes.Name, 100),
            new Field("scope", Takes.Other)),
        new("DELETE", "/api/tokens/{item}"),

        new("GET", "/api/items") { IsList = true, IsInWorkspace = true },
        new("POST", "/api/items", new { name = "Bolt" },
            new Field("name", Takes.Name, 255), new Field("description", Takes.Text, 10_000),
            new Field("unit", Takes.Text, 20),
            new Field("amount", Takes.Amount), new Field("threshold", Takes.Amount)) { IsInWorkspace = true },
        new("POST", "/api/items/bulk", new { filter = new { }, change = new { threshold = 3 } },
            new Field("ids", Takes.Other), new Field("change", Takes.Other)) { IsInWorkspace = true },
        new("GET", "/api/items/{item}") { IsInWorkspace = true },
        new("PUT", "/api/items/{item}", new { name = "Bolt" },
            new Field("name", Takes.Name, 255), new Field("description", Takes.Text, 10_000),
            new Field("unit", Takes.Text, 20),
            new Field("amount", Takes.Amount), new Field("threshold", Takes.Amount))
            { IsInWorkspace = true, TakesIfMatch = true },
        new("PATCH", "/api/items/{item}", new { name = "Bolt" },
            new Field("name", Takes.Name, 255), new Field("description", Takes.Text, 10_000),
            new Field("unit", Takes.Text, 20),
            new Field("amount", Takes.Amount), new Field("threshold", Takes.Amount))
            { IsInWorkspace = true, TakesIfMatch = true },
        new("DELETE", "/api/items/{item}") { IsInWorkspace = true, TakesIfMatch = true },
        new("POST", "/api/items/{item}/restore") { IsInWorkspace = true, TakesIfMatch = true },
        new("PUT", "/api/items/{item}/star") { IsInWorkspace = true, Needs = Role.Viewer },
        new("DELETE", "/api/items/{item}/star") { IsInWorkspace = true, Needs = Role.Viewer },
        new("GET", "/api/items/{item}/history") { IsList = true, IsInWorkspace = true },
        new("POST", "/api/items/{item}/movements", new { delta = 1 },
            new Field("delta", Takes.Delta), new Field("note", Takes.Text, 500)) { IsInWorkspace = true },
        new("GET", "/api/items/{item}/movements") { IsList = true, IsInWorkspace = true },
        new("GET", "/api/items/{item}/movements/{movement}") { IsInWorkspace = true },
        new("GET", "/api/entries") { IsList = true, IsInWorkspace = true },
        // A manager may undo the entries of other members. An editor may undo only its own entries.
        new("POST", "/api/entries/{seq}/undo") { IsInWorkspace = true, Needs = Role.Manager },
        new("GET", "/api/search?q=bolt") { IsInWorkspace = true },
        new("GET", "/api/autocomplete?q=bolt") { IsInWorkspace = true },

        new("GET", "/api/rooms") { IsList = true, IsInWorkspace = true },
        new("POST", "/api/rooms", new { name = "Garage" }, new Field("name", Takes.Name, 80)) { IsInWorkspace = true },
        new("GET", "/api/rooms/{room}") { IsInWorkspace = true },
        new("PATCH", "/api/rooms/{room}", new { name = "Garage" }, new Field("name", Takes.Name, 80))
            { IsInWorkspace = true, TakesIfMatch = true },
        new("POST", "/api/rooms/{room}/read", new { }, new Field("through", Takes.Amount))
            { IsInWorkspace = true, Needs = Role.Viewer },
        new("GET", "/api/rooms/{room}/messages") { IsList = true, IsInWorkspace = true },
        new("POST", "/api/rooms/{room}/messages", new { text = "Hello" }, new Field("text", Takes.Name, 4_000))
            { IsInWorkspace = true, Needs = Role.Viewer },
        new("GET", "/api/rooms/{room}/messages/{message}") { IsInWorkspace = true },
        // A manager may change or delete the messages of other members. A viewer may change or delete only its own
        // messages.
        new("PATCH", "/api/rooms/{room}/messages/{message}", new { text = "Hello" },
            new Field("text", Takes.Name, 4_000))
        {
            IsInWorkspace = true, TakesIfMatch = true, Needs = Role.Manager,
        },
        new("DELETE", "/api/rooms/{room}/messages/{message}")
            { IsInWorkspace = true, TakesIfMatch = true, Needs = Role.Manager },

        new("POST", "/api/batch", new { requests = new[] { new { path = "/api/items" } } },
            new Field("requests", Takes.Other)),

        new("GET", "/api/workspaces") { IsList = true },
        new("POST", "/api/workspaces", new { name = "Lab" }, new Field("name", Takes.Name, 80)),
        new("GET", "/api/w/{workspace}"),
        new("PATCH", "/api/w/{workspace}", new { name = "Lab" }, new Field("name", Takes.Name, 80))
            { TakesIfMatch = true, Needs = Role.Manager },
        new("DELETE", "/api/w/{workspace}") { TakesIfMatch = true, Needs = Role.Owner },
        new("GET", "/api/members") { IsList = true, IsInWorkspace = true },
        new("PUT", "/api/members/{account}", new { role = "viewer" }, new Field("role", Takes.Name))
            { IsInWorkspace = true, Needs = Role.Manager },
        new("DELETE", "/api/members/{account}") { IsInWorkspace = true, Needs = Role.Manager },
        new("GET", "/api/invitations") { IsList = true, IsInWorkspace = true, Needs = Role.Manager },
        new("POST", "/api/invitations", new { role = "viewer" },
            new Field("role", Takes.Other), new Field("username", Takes.Text, 150), new Field("uses", Takes.Amount),
            new Field("expires_in_days", Takes.Amount))
            { IsInWorkspace = true, TakesNoKey = true, Needs = Role.Manager },
        new("DELETE", "/api/invitations/{invitation}") { IsInWorkspace = true, Needs = Role.Manager },
        new("GET", "/api/notifications") { IsList = true },
        new("POST", "/api/notifications/read", new { }, new Field("through", Takes.Amount)),
        new("GET", "/api/notifications/choices"),
        new("PUT", "/api/notifications/choices", new { stock = true }),
    ];

    /// <summary>
    /// Pages, and routes that belong neither to the pages nor to the API. Other tests cover each of them.
    /// </summary>
    public static readonly string[] Others =
    [
        "GET /", "GET /bulk", "GET /create-item", "GET /items/{id:long}", "GET /login", "GET /logout", "GET /register",
        "GET /settings", "GET /settings/password", "GET /settings/tokens", "GET /settings/erase",
        "GET /settings/notifications",
        "GET /sign-in/{secret}", "GET /admin", "GET /admin/entries", "GET /admin/people/{account:long}",
        "GET /admin/people/{account:long}/erase",
        "GET /workspaces", "GET /members", "GET /invitations/{secret}", "GET /notifications",
        "GET /notifications/{id:long}",
        "GET /activity", "GET /chat/{room=lobby}",
        "GET /json", "GET /json/{id:long}", "GET /xml", "GET /xml/{id:long}",
        "GET /api", "GET /openapi/v1.json", "GET /healthz", "GET /readyz", "GET /texts/{version}.js", "GET /offline",
        "GET /api/feed", "CONNECT /api/feed",
    ];

    public static readonly Form[] Forms =
    [
        new("/login") { IsOpen = true }, new("/register") { IsOpen = true }, new("/sign-in/{secret}")
            { IsOpen = true }, new("/logout"),
        new("/settings"), new("/settings/password"), new("/settings/tokens"), new("/settings/tokens/{id:long}/revoke"),
        new("/settings/blocks/{account:long}/remove"),
        new("/settings/erase"), new("/settings/notifications"), new("/notifications"), new("/workspaces"),
        new("/invitations/{secret}"), new("/invitations/{id:long}/decline"),
        new("/admin") { IsAdministration = true }, new("/admin/registration") { IsAdministration = true },
        new("/admin/people/{account:long}") { IsAdministration = true }, new("/admin/people/{account:long}/erase")
            { IsAdministration = true },
        new("/admin/people/{account:long}/change") { IsAdministration = true },
        new("/admin/people/{account:long}/sign-out") { IsAdministration = true },
        new("/admin/people/{account:long}/sign-in-link") { IsAdministration = true },

        new("/create-item", ("name", "Bolt")) { Needs = Role.Editor },
        new("/bulk", ("ids", "{item}"), ("change", "threshold"), ("value", "3")) { Needs = Role.Editor },
        new("/items/{id:long}", ("name", "Bolt"), ("version", "1")) { Needs = Role.Editor },
        new("/items/{id:long}/movements", ("quantity", "1"), ("sign", "1")) { Needs = Role.Editor },
        new("/items/{id:long}/archive") { Needs = Role.Editor },
        new("/items/{id:long}/restore") { Needs = Role.Editor },
        new("/movements", ("move", "{item} 1")) { Needs = Role.Editor },
        new("/star", ("star", "{item} true")) { Needs = Role.Viewer },
        // A manager may undo the entries of other members. An editor may undo only its own entries.
        new("/entries/{seq:long}/undo") { Needs = Role.Manager },
        new("/members", ("role", "viewer")) { Needs = Role.Manager },
        new("/members/{account:long}", ("role", "viewer")) { Needs = Role.Manager },
        new("/members/{account:long}/remove") { Needs = Role.Manager },
        new("/members/invitations/{id:long}/revoke") { Needs = Role.Manager },
        new("/members/workspace", ("name", "Lab")) { Needs = Role.Manager },
        new("/chat/{room=lobby}", ("text", "Hello")) { Needs = Role.Viewer },
        new("/chat/rooms", ("name", "Garage")) { Needs = Role.Editor },
        new("/chat/{room}/change", ("name", "Garage")) { Needs = Role.Editor },
        new("/chat/{room}/read") { Needs = Role.Viewer },
        // A manager may change or delete the messages of other members. A viewer may change or delete only its own
        // messages.
        new("/chat/{room}/messages/{id:long}", ("text", "Hello")) { Needs = Role.Manager },
        new("/chat/{room}/messages/{id:long}/delete") { Needs = Role.Manager },
    ];
}

/// <summary>A form of a page, as a browser without scripts sends it.</summary>
/// <param name="Pattern">The route pattern of the form in the server.</param>
/// <param name="Good">Valid values of the fields. {item} stands for an item's id.</param>
internal sealed record Form(string Pattern, params (string Name, string Value)[] Good)
{
    /// <summary>Whether the form needs no sign-in.</summary>
    public bool IsOpen { get; init; }

    public bool IsAdministration { get; init; }

    /// <summary>The minimum role. Null if the form does not belong to a workspace.</summary>
    public Role? Needs { get; init; }

    public string Name => $"POST {Pattern}";

    /// <summary>The route pattern, with the placeholders of <see cref="Route"/> instead of route parameters.</summary>
    public string Path => Pattern.Replace("{room=lobby}", "{room}").Replace("{seq:long}", "{seq}")
        .Replace("{account:long}", "{account}")
        .Replace("{id:long}", Pattern.Contains("/messages/") ? "{message}" : Pattern.Contains("/invitations/")
            ? "{invitation}" : "{item}");
}
