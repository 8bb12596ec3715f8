using System.Text;

namespace Pacil.Data;

/// <summary>
/// How many wide rows are read at once: the first, then as many as fit into the bytes, and one beyond them, which
/// tells that there is more. SQLite hands out rows one by one, so reading simply stops there. PostgreSQL sends all rows
/// of a statement, so the statement itself leaves out those behind; see <see cref="Ahead"/>.
/// </summary>
internal sealed class RowBytes(int max)
{
    private int rows;
    private long bytes;

    /// <summary>The last row does not fit any more.</summary>
    public bool IsOver => bytes > max;

    /// <summary>Counts the wide text of one more row.</summary>
    /// <returns>Whether it is the last one to be read.</returns>
    public bool Add(string? wide)
    {
        if (rows++ > 0 && wide is not null) bytes += Encoding.UTF8.GetByteCount(wide);
        return IsOver;
    }

    /// <summary>The bytes between the first row and this one, as a column: a row with too many is left out.</summary>
    /// <param name="wide">The column with the wide text. Its size is read, and not the text.</param>
    /// <param name="order">That of the statement.</param>
    public static string Ahead(Dialect dialect, string wide, string order)
    {
        var size = $"octet_length({wide})";
        var rowsAhead = $"over (order by {order} rows between unbounded preceding and 1 preceding)";
        return dialect.Pick(
            sqlite: "0",
            postgres: $"coalesce(sum({size}) {rowsAhead} - first_value({size}) {rowsAhead}, 0)");
    }
}
