using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Pacil.Tests.Support;

public enum TestDatabase
{
    Sqlite,
    Postgres,
}

/// <summary>
/// Runs a test on both databases. <c>PACIL_TEST_POSTGRES</c> is the connection string of a PostgreSQL server. bin/test
/// starts such a server. Without the variable, the runs on PostgreSQL are skipped with a message.
/// </summary>
public sealed class DatabasesAttribute : DataAttribute
{
    /// <summary>The message of a test that is skipped because there is no PostgreSQL server.</summary>
    public const string None = "No PostgreSQL: set PACIL_TEST_POSTGRES, or run bin/test.";

    public static string? Server { get; } = Environment.GetEnvironmentVariable("PACIL_TEST_POSTGRES");

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) => new(
    [
        new TheoryDataRow(TestDatabase.Sqlite),
        new TheoryDataRow(TestDatabase.Postgres)
        {
            Skip = Server is null ? None : null,
        },
    ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
