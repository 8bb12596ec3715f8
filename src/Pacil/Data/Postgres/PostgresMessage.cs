using System.Text;

namespace Pacil.Data.Postgres;

/// <summary>Packs lines into the payloads of <c>NOTIFY</c> messages.</summary>
internal static class PostgresMessage
{
    /// <summary>
    /// The maximum size of a message. PostgreSQL accepts payloads of less than 8000 bytes, and the name of the sender
    /// precedes the message.
    /// </summary>
    public const int BytesMax = 7900;

    /// <summary>Joins the lines to as few messages as possible, without changing their order.</summary>
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
