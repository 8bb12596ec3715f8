using System.IO.Compression;
using System.Text;

namespace Pacil.Web;

/// <summary>
/// The form in which the body of a response is stored: not at all if it equals the data of the write's first entry,
/// compressed if it is long, otherwise as it is.
/// </summary>
internal static class StoredBody
{
    /// <summary>The body is the data of an entry.</summary>
    public const string InEntry = "entry";

    private const string Brotli = "brotli";
    private const int CompressedBytesMin = 1024;

    /// <param name="data">The data of the write's first entry; null if there is none.</param>
    public static (byte[]? Stored, string? Encoding) Pack(byte[]? body, string? data)
    {
        if (body is null) return (null, null);
        if (Encoding.UTF8.GetByteCount(data ?? "") == body.Length && Encoding.UTF8.GetString(body) == data)
            return (null, InEntry);
        var packed = new byte[body.Length < CompressedBytesMin ? 0 : body.Length - 1];
        return BrotliEncoder.TryCompress(body, packed, out var length, quality: 1, window: 22)
            ? (packed[..length], Brotli)
            : (body, null);
    }

    public static byte[]? Unpack(byte[]? stored, string? encoding, string? data)
    {
        if (encoding == InEntry) return Encoding.UTF8.GetBytes(data!);
        if (encoding != Brotli) return stored;
        using var packed = new BrotliStream(new MemoryStream(stored!), CompressionMode.Decompress);
        using var body = new MemoryStream();
        packed.CopyTo(body);
        return body.ToArray();
    }
}
