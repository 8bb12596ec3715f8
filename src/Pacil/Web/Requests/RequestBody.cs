using System.Buffers;
using System.IO.Pipelines;
using Pacil.Web.Hosting;

namespace Pacil.Web.Requests;

/// <summary>
/// Reads a whole request body; no other code does. The body must arrive within <see cref="Settings.RequestSeconds"/>
/// and fit into <see cref="BodyBudget"/>, which counts the bytes that have arrived, not the bytes that the request
/// declares.
/// </summary>
internal static class RequestBody
{
    /// <summary>
    /// A body of up to this size is not counted if it is already complete in the connection's buffer.
    /// </summary>
    private const int FreeBytesMax = 4096;

    private static readonly Problem TooSlow =
        Problems.Of(StatusCodes.Status408RequestTimeout) with { EndsConnection = true };

    /// <exception cref="ProblemException">
    /// 408: the body arrives too slowly. 429 or 503: the budget is used up. The connection is then closed.
    /// </exception>
    public static ValueTask<byte[]> Read(HttpContext context)
    {
        // The body of a form or of a part of a batch is already in memory.
        if (context.Request.Body is MemoryStream whole) return new(whole.ToArray());
        var reader = context.Request.BodyReader;
        if (!reader.TryRead(out var read)) return new(ReadWithin(context));
        if (read.IsCompleted && read.Buffer.Length <= FreeBytesMax)
        {
            var body = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End);
            return new(body);
        }
        reader.AdvanceTo(read.Buffer.Start);
        return new(ReadWithin(context));
    }

    private static async Task<byte[]> ReadWithin(HttpContext context)
    {
        var (reader, services) = (context.Request.BodyReader, context.RequestServices);
        var lease = services.GetRequiredService<BodyBudget>().For(context);
        context.Response.RegisterForDispose(lease);
        using var deadline = new CancellationTokenSource(
            TimeSpan.FromSeconds(services.GetRequiredService<Settings>().RequestSeconds),
            services.GetRequiredService<TimeProvider>());
        // Use CancelPendingRead: after a token has cancelled a read, Kestrel's reader cannot discard the rest of the
        // body. If the client disconnects, the read ends by itself.
        await using var cut = deadline.Token.UnsafeRegister(
            static reader => ((PipeReader)reader!).CancelPendingRead(), reader);
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None);
            var refusal = read.IsCanceled ? TooSlow : lease.Hold(read.Buffer.Length);
            var body = refusal is null && read.IsCompleted ? read.Buffer.ToArray() : null;
            reader.AdvanceTo(refusal is null && body is null ? read.Buffer.Start : read.Buffer.End, read.Buffer.End);
            if (body is not null) return body;
            if (refusal is null) continue;
            lease.Dispose();
            throw new ProblemException(refusal);
        }
    }
}
