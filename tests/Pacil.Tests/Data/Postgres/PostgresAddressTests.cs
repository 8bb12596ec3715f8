using Pacil.Data.Postgres;

namespace Pacil.Tests.Data.Postgres;

/// <summary>
/// The address of PostgreSQL is either a URL, which hosting services provide, or an Npgsql connection string.
/// </summary>
public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://ana@db/pacil", "Host=db;Database=pacil;Username=ana")]
    [InlineData("postgresql://ana:p%40ss%3Aword%2F%3B'x@db.example:6432/my%20db",
        "Host=db.example;Port=6432;Database=\"my db\";Username=ana;Password=\"p@ss:word/;'x\"")]
    [InlineData("postgres://[::1]:5433/pacil", "Host=::1;Port=5433;Database=pacil")]
    [InlineData(
        "postgres://ana@db/pacil?sslmode=verify-full&sslrootcert=/etc/ca.pem&application_name=shelf&connect_timeout=3",
        "Host=db;Database=pacil;Username=ana;SSL Mode=VerifyFull;"
        + "Root Certificate=/etc/ca.pem;Application Name=shelf;Timeout=3")]
    [InlineData("Host=db;Database=pacil", "Host=db;Database=pacil")]
    public void Both_are_read(string address, string meant) =>
        PostgresAddress.Read(address).ConnectionString.Split(';').Order()
            .ShouldBe(meant.Split(';').Order(), address);

    [Theory]
    [InlineData("postgres://")]
    [InlineData("postgres://ana@db/pacil?color=red")]
    [InlineData("postgres://ana@db/pacil?sslmode=perhaps")]
    [InlineData("postgres://ana@db:port/pacil")]
    [InlineData("mysql://ana@db/pacil")]
    [InlineData("Host=db;Colour=red")]
    [InlineData("db.example")]
    public void What_is_neither_is_said_in_a_sentence(string address) =>
        Should.Throw<InvalidOperationException>(() => PostgresAddress.Read(address)).Message.ShouldStartWith(
            "--database is no");

    [Theory]
    [InlineData("Host=db", false)]
    [InlineData("Host=db;Max Auto Prepare=0", true)]
    [InlineData("Host=db;MaxAutoPrepare=50", true)]
    public void It_may_say_how_many_statements_are_prepared(string address, bool says) =>
        PostgresSource.SaysPrepared(PostgresAddress.Read(address)).ShouldBe(says);
}
