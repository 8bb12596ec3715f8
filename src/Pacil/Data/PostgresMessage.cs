using System.Text;

namespace Pacil.Data;

/// <summary>What one <c>NOTIFY</c> carries.</summary>
internal static class PostgresMessage
{
    /// <summary>PostgreSQL takes less than 8000 bytes.</summary>
    public const int BytesMax = 7900;

    /// <summary>As many lines together as one message takes.</summary>
    public static IEnumerable<string> Packed(List<string> lines)
    {
        var message = new StringBuilder();
        var length = 0;
        foreach (var line in lines)
        {
            var more = Encoding.UTF8.GetByteCount(line) + 1;
            if (length > 0 && length + more > BytesMax)
            {
                yield return message.ToString();
                message.Clear();
                length = 0;
            }
            if (length > 0) message.Append('\n');
            message.Append(line);
            length += more;
        }
        if (length > 0) yield return message.ToString();
    }
}
