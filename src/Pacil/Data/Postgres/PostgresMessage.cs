using System.Text;

namespace Pacil.Data.Postgres;

/// <summary>The payload of a <c>NOTIFY</c>.</summary>
internal static class PostgresMessage
{
    /// <summary>PostgreSQL accepts less than 8000 bytes, including the sender's name.</summary>
    public const int BytesMax = 7900;

    /// <summary>Joins as many lines as fit into each message.</summary>
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
