using System.Text;

namespace Pacil.Data;

/// <summary>
/// Limits the bytes of a page of rows that contain long text. The first row is always read. More rows are read until
/// the text after the first row exceeds the byte budget. The row that exceeds the budget is read, too: it shows that
/// there is a next page. SQLite computes one row at a time, so the reader simply stops. PostgreSQL sends all rows of a
/// statement, so the statement itself must leave out the later rows; see <see cref="Ahead"/>.
/// </summary>
internal sealed class RowBytes(int max)
{
    private int rows;
    private long bytes;

    /// <summary>
    /// Whether the row that was read last exceeds the byte budget. The row then belongs to the next page.
    /// </summary>
    public bool IsOver => bytes > max;

    /// <summary>Counts one more row. The text of the first row does not count against the budget.</summary>
    /// <returns>Whether to stop reading after this row.</returns>
    public bool Add(string? wide)
    {
        if (rows++ > 0 && wide is not null) bytes += Encoding.UTF8.GetByteCount(wide);
        return IsOver;
    }

    /// <summary>
    /// A SQL expression for the bytes of long text in the rows before the current row, not including the first row. The
    /// statement returns only rows for which this number is within the budget. For SQLite the expression is 0, because
    /// the reader stops by itself.
    /// </summary>
    /// <param name="wide">The column with the long text.</param>
    /// <param name="order">The ORDER BY terms of the statement.</param>
    public static string Ahead(Dialect dialect, string wide, string order)
    {
        var size = $"octet_length({wide})";
        var rowsAhead = $"over (order by {order} rows between unbounded preceding and 1 preceding)";
        return dialect.Pick(
            sqlite: "0",
            postgres: $"coalesce(sum({size}) {rowsAhead} - first_value({size}) {rowsAhead}, 0)");
    }
}
