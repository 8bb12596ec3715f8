using System.Text;
using Pacil.Data;
using Pacil.Tests.Support;

namespace Pacil.Tests.Identity.Tokens;

/// <summary>Only the response to the request that creates a token contains the token's secret.</summary>
public sealed class TokenSecretTests
{
    [Theory, Databases]
    public async Task No_table_holds_it(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var key = ("Idempotency-Key", "twice");
        var (first, second) = (await ana.Post("/api/tokens", new { name = "Marker" }, key),
            await ana.Post("/api/tokens", new { name = "Marker" }, key));
        (first.Status, second.Status).ShouldBe((201, 201));
        var secret = first.Json.GetProperty("token").GetString()!;
        second.Json.GetProperty("token").GetString().ShouldNotBe(secret);
        await ana.Program(secret).Get("/api/items");
        await ana.SubmitForm("/settings/tokens", ("name", "Marker"), ("idempotency_key", "thrice"));

        (await TablesWith(app, "Marker")).ShouldBe(["api_token"]);
        var random = secret["pacil_".Length..];
        foreach (var form in new[] { secret, random, Convert.ToHexString(Encoding.UTF8.GetBytes(random)), Hex(random) })
            (await TablesWith(app, form)).ShouldBeEmpty();
        (await TablesWith(app, "pacil_")).ShouldBeEmpty();
    }

    /// <summary>The tables in which any column of any row contains the text, as a string or as bytes.</summary>
    private static Task<List<string>> TablesWith(TestApp app, string text) => app.Database.Read(async connection =>
    {
        var found = new List<string>();
        var tables = await connection.Query<string>(connection.Dialect.Pick(
            sqlite: "select name from sqlite_master where type = 'table'",
            postgres: "select tablename from pg_tables where schemaname = current_schema()"));
        tables.Count.ShouldBeGreaterThan(10);
        foreach (var table in tables)
        {
            var columns = connection.Dialect == Dialect.Sqlite
                ? await connection.Query<string>(
                    "select name from pragma_table_info(@Table)", new { Table = table }) : [];
            var contains = connection.Dialect == Dialect.Sqlite
                ? string.Join(" or ", columns.Select(
                    column => $"instr(cast(\"{column}\" as text), @Text) > 0 or instr(hex(\"{column}\"), @Hex) > 0"))
                : "position(@Text in t::text) > 0 or position(lower(@Hex) in t::text) > 0";
            if (await connection.First<int>(
                $"select 1 from \"{table}\" as t where {contains} limit 1",
                new { Text = text, Hex = Convert.ToHexString(Encoding.UTF8.GetBytes(text)) }) == 1) found.Add(table);
        }
        return found;
    }, TestContext.Current.CancellationToken);

    private static string Hex(string random) => Convert.ToHexString(
        Convert.FromBase64String(random.Replace('-', '+').Replace('_', '/').PadRight(44, '=')));
}
