using System.Buffers;
using System.IO.Pipelines;

namespace Pacil.Web;

/// <summary>
/// Reads a request's body whole, the one place where that is done: within <see cref="Settings.RequestSeconds"/>
/// from its first byte to its last, and within <see cref="BodyBudget"/>, which is charged as bytes arrive and not by
/// what the request announces.
/// </summary>
internal static class RequestBody
{
    /// <summary>A body as small as a block of the connection's memory, that is there already, costs no more.</summary>
    private const int FreeBytesMax = 4096;

    private static readonly Problem TooSlow =
        Problems.Of(StatusCodes.Status408RequestTimeout) with { EndsConnection = true };

    /// <exception cref="ProblemException">408 too slow, 429 or 503 no room; the connection ends.</exception>
    public static ValueTask<byte[]> Read(HttpContext context)
    {
        // A part of a batch came with the batch.
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
        // A read that is given up by its token leaves Kestrel's reader unfit to throw the rest away. Where the client
        // is gone, the read ends by itself.
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
