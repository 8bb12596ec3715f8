using System.Text;

namespace Pacil.Data;

/// <summary>
/// Limits how many wide rows are read at once: the first row, those that fit into the byte budget, and one row beyond,
/// which shows that there are more. SQLite returns rows one by one, so reading simply stops there. PostgreSQL sends all
/// rows of a statement, so the statement itself must leave out the rest; see <see cref="Ahead"/>.
/// </summary>
internal sealed class RowBytes(int max)
{
    private int rows;
    private long bytes;

    /// <summary>Whether the last row no longer fits.</summary>
    public bool IsOver => bytes > max;

    /// <summary>Counts the wide text of one more row.</summary>
    /// <returns>Whether it is the last one to be read.</returns>
    public bool Add(string? wide)
    {
        if (rows++ > 0 && wide is not null) bytes += Encoding.UTF8.GetByteCount(wide);
        return IsOver;
    }

    /// <summary>A column with the bytes between the first row and this one, to leave out rows with too many.</summary>
    /// <param name="wide">The column with the wide text; only its size is read.</param>
    /// <param name="order">The order of the statement.</param>
    public static string Ahead(Dialect dialect, string wide, string order)
    {
        var size = $"octet_length({wide})";
        var rowsAhead = $"over (order by {order} rows between unbounded preceding and 1 preceding)";
        return dialect.Pick(
            sqlite: "0",
            postgres: $"coalesce(sum({size}) {rowsAhead} - first_value({size}) {rowsAhead}, 0)");
    }
}
