namespace Pacil.Data;

/// <summary>The two supported databases. Where their SQL differs, both texts stand side by side at the call.</summary>
internal enum Dialect
{
    Sqlite,
    Postgres,
}
