using System.Data;
using System.Data.Common;

namespace Pacil.Data;

/// <summary>
/// The value NULL of a parameter, with its type. PostgreSQL uses a prepared statement again only for parameters of the
/// same types.
/// </summary>
internal sealed record Null
{
    public static readonly Null Integer = new(DbType.Int64);
    private static readonly Null Text = new(DbType.String);

    private readonly DbType type;

    private Null(DbType type) => this.type = type;

    public static object Or(long? value) => value is { } integer ? integer : Integer;

    public static object Or(string? value) => value is { } text ? text : Text;

    /// <summary>Sets the value of a parameter.</summary>
    public static void Set(DbParameter parameter, object value)
    {
        if (value is Null none) (parameter.DbType, parameter.Value) = (none.type, DBNull.Value);
        else parameter.Value = value;
    }
}
