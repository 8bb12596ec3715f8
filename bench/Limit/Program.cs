using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Limit;

// A minimal server, whose speed is the upper limit for Pacil: bare Kestrel runs Pacil's SQL statements and sends the
// same bytes as Pacil. It has no routing, no accounts and no checks.
// Usage: Limit DATABASE URL WORKSPACE ACCOUNT PAGE. WORKSPACE and ACCOUNT are ids. PAGE is a file with the HTML that
// Pacil sends for the list page. "Limit ring URL" serves only the feed of Ring.cs.

if (args[0] == "ring")
{
    var bare = WebApplication.CreateSlimBuilder();
    bare.Logging.ClearProviders();
    bare.WebHost.UseUrls(args[1]).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    var ring = bare.Build();
    ring.UseWebSockets();
    ring.Run(Ring.Serve);
    ring.Run();
    return;
}
var (database, url, page) = (args[0], args[1], args[4]);
var (workspace, account) = (Number(args[2]), Number(args[3]));
var pool = new ReaderPool(database, workspace, account, page);
using var writer = new Writer(database, workspace, account);

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var app = builder.Build();
app.Run(context => (context.Request.Method, context.Request.Path.Value!) switch
{
    ("GET", "/") => Send(context, pool.With(reader => reader.Page()), "text/html; charset=utf-8"),
    ("GET", "/api/items") => Send(context, pool.With(reader => reader.List())),
    ("GET", "/api/search") => Send(context, pool.With(reader => reader.Search(context.Request.Query["q"].ToString()))),
    ("GET", var path) when context.Request.Headers.IfNoneMatch.Count > 0 => Unchanged(context, Id(path)),
    ("GET", var path) => Send(context, pool.With(reader => reader.One(Id(path)))),
    ("POST", "/api/items") => Create(context),
    ("POST", var path) => Move(context, Id(path[..path.LastIndexOf('/')])),
    _ => Task.CompletedTask,
});
app.Run();

async Task Create(HttpContext context)
{
    using var body = await JsonDocument.ParseAsync(context.Request.Body);
    var name = body.RootElement.GetProperty("name").GetString()!;
    await Send(context, await writer.Create(name, body.RootElement.GetProperty("amount").GetInt64()), status: 201);
}

async Task Move(HttpContext context, long item)
{
    using var body = await JsonDocument.ParseAsync(context.Request.Body);
    await Send(context, await writer.Move(item, body.RootElement.GetProperty("delta").GetInt64()), status: 201);
}

Task Unchanged(HttpContext context, long id)
{
    var version = pool.With(reader => reader.Version(id));
    context.Response.StatusCode = context.Request.Headers.IfNoneMatch == $"\"{version}\"" ? 304 : 500;
    return Task.CompletedTask;
}

static async Task Send(
    HttpContext context, byte[] body, string type = "application/json; charset=utf-8", int status = 200)
{
    context.Response.StatusCode = status;
    context.Response.ContentType = type;
    if (context.Request.Headers.AcceptEncoding.Count > 0)
    {
        context.Response.Headers.ContentEncoding = "br";
        body = Compress(body);
    }
    context.Response.ContentLength = body.Length;
    await context.Response.BodyWriter.WriteAsync(body);
}

static byte[] Compress(byte[] body)
{
    var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
    return BrotliEncoder.TryCompress(body, buffer, out var length, quality: 3, window: 22)
        ? buffer[..length]
        : throw new InvalidOperationException("The buffer is too small.");
}

static long Id(string path) => Number(path[(path.LastIndexOf('/') + 1)..]);

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
