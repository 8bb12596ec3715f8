namespace Pacil.Data;

/// <summary>
/// The two supported databases. Where their SQL differs, one C# expression contains both versions; see
/// <see cref="Dialects.Pick"/>.
/// </summary>
internal enum Dialect
{
    Sqlite,
    Postgres,
}
