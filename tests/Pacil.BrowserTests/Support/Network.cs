using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pacil.BrowserTests.Support;

internal enum Fault
{
    None,

    /// <summary>The request never arrives.</summary>
    Lost,

    /// <summary>The server executes the request, but its response is lost.</summary>
    Unanswered,

    Truncated,

    /// <summary>The response is delayed, so responses to later requests may arrive earlier.</summary>
    Late,

    /// <summary>
    /// A middlebox responds instead of the server. For Hotel, it responds with a web page. For Busy, it responds with
    /// the status 503.
    /// </summary>
    Hotel,
    Busy,
}

/// <summary>A proxy between the browser and the server. It simulates the faults and refuses WebSockets.</summary>
internal sealed class Network : IAsyncDisposable
{
    private static readonly string[] OfTheWay = ["Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade"];

    private readonly HttpClient client;
    private readonly WebApplication app;

    private Network(Uri server)
    {
        client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(Pass);
    }

    /// <summary>Chooses the fault of each request.</summary>
    public Func<HttpRequest, Fault> Fate { get; set; } = _ => Fault.None;

    public Uri Address => new(app.Urls.First());

    public static async Task<Network> To(Uri server)
    {
        var network = new Network(server);
        await network.app.StartAsync();
        return network;
    }

    private async Task Pass(HttpContext context)
    {
        var fault = Fate(context.Request);
        if (fault is Fault.Lost || context.WebSockets.IsWebSocketRequest) context.Abort();
        else if (fault is Fault.Busy) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else if (fault is Fault.Hotel) await context.Response.WriteAsync("<p>Welcome! Please accept our terms.</p>");
        else await Forward(context, fault);
    }

    private async Task Forward(HttpContext context, Fault fault)
    {
        using var answer = await client.SendAsync(
            Copy(context.Request), HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        if (fault is Fault.Late) await Task.Delay(Random.Shared.Next(50, 300), context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (!OfTheWay.Contains(name, StringComparer.OrdinalIgnoreCase))
                context.Response.Headers[name] = values.ToArray();
        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        if (fault is Fault.Unanswered or Fault.Truncated) await Break(context, body, fault);
        else await Stream(context, body);
    }

    /// <summary>
    /// The server has completed the request, but the browser receives half of the response or nothing.
    /// </summary>
    private static async Task Break(HttpContext context, Stream body, Fault fault)
    {
        using var whole = new MemoryStream();
        await body.CopyToAsync(whole, context.RequestAborted);
        if (fault is Fault.Truncated && whole.Length > 1)
        {
            context.Response.ContentLength = whole.Length;
            await context.Response.Body.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length / 2));
            await context.Response.Body.FlushAsync();
        }
        context.Abort();
    }

    private static async Task Stream(HttpContext context, Stream body)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await body.ReadAsync(buffer, context.RequestAborted)) > 0;)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            context.Abort();
        }
    }

    private static HttpRequestMessage Copy(HttpRequest request)
    {
        var copy = new HttpRequestMessage(new(request.Method), $"{request.Path}{request.QueryString}");
        if (request.ContentLength > 0 || request.Headers.ContainsKey("Transfer-Encoding"))
            copy.Content = new StreamContent(request.Body);
        foreach (var (name, values) in request.Headers)
            if (!OfTheWay.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !copy.Headers.TryAddWithoutValidation(name, values.ToArray()))
                copy.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        return copy;
    }

    /// <summary>Stops without waiting, which aborts open connections such as feed streams.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
        client.Dispose();
    }
}
