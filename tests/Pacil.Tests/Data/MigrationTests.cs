using Pacil.Data;
using Pacil.Tests.Support;

namespace Pacil.Tests.Data;

/// <summary>A schema number that a database stores must always mean the same migration file.</summary>
public sealed class MigrationTests
{
    [Theory, Databases]
    public async Task A_database_remembers_the_number_of_the_last_migration_it_took(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "src/Pacil/Data/migrations"), "*.sql")
            .Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        files.Count.ShouldBeGreaterThan(28);

        (await app.Database.Read(
            connection => connection.First<int>("select schema from meta"), TestContext.Current.CancellationToken))
            .ShouldBe(int.Parse(files[^1]![..4]));
        (await app.Database.Read(Migrations.Current, TestContext.Current.CancellationToken)).ShouldBe(files.Count / 2);
    }

    [Fact]
    public void Every_migration_is_there_for_both_databases()
    {
        var files = typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("migrations/")).ToList();
        var sqlite = Migrations.InOrder(files, Dialect.Sqlite);
        sqlite.Count.ShouldBeGreaterThan(14);

        Migrations.InOrder(files, Dialect.Postgres)
            .ShouldBe(sqlite.Select(file => file.Replace(".sqlite.", ".postgres.")));
    }

    [Theory]
    [InlineData("there is no migration 2 for Sqlite", "0001_a.sqlite.sql", "0003_c.sqlite.sql", "0002_b.postgres.sql")]
    [InlineData("there is no migration 1 for Sqlite", "0002_b.sqlite.sql", "0001_a.postgres.sql")]
    [InlineData("there are two migrations 1 for Sqlite", "0001_a.sqlite.sql", "0001_b.sqlite.sql", "0002_c.sqlite.sql")]
    [InlineData("there are two migrations 0 for Sqlite", "0000_z.sqlite.sql", "0001_a.sqlite.sql")]
    [InlineData("migrations/0002.sqlite.sql is no migration", "0001_a.sqlite.sql", "0002.sqlite.sql")]
    [InlineData("migrations/0001_a.mysql.sql is no migration", "0001_a.sqlite.sql", "0001_a.mysql.sql")]
    public void A_number_that_is_missing_or_there_twice_is_refused(string sentence, params string[] files) =>
        Should.Throw<InvalidOperationException>(
            () => Migrations.InOrder(files.Select(file => $"migrations/{file}"), Dialect.Sqlite))
            .Message.ShouldContain(sentence);
}
