using Microsoft.AspNetCore.WebUtilities;
using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>
/// Reads the address of a PostgreSQL database. It is either a connection string of Npgsql, <c>Host=…;Database=…</c>, or
/// a URL, which hosting services use: <c>postgres://user:password@host:port/database?sslmode=require</c>.
/// </summary>
internal static class PostgresAddress
{
    /// <exception cref="InvalidOperationException">The address is invalid; the message says why.</exception>
    public static NpgsqlConnectionStringBuilder Read(string address)
    {
        try
        {
            return address.StartsWith("postgres://", StringComparison.Ordinal)
                || address.StartsWith("postgresql://", StringComparison.Ordinal)
                ? OfUrl(new Uri(address))
                : new(address);
        }
        // The message of the caught exception describes the error and does not contain the password.
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new InvalidOperationException(
                $"--database is no connection string of PostgreSQL, Host=…;Database=…;Username=…, and no address "
                + $"postgres://…: {e.Message}", e);
        }
    }

    private static NpgsqlConnectionStringBuilder OfUrl(Uri url)
    {
        if (url.Host.Length == 0) throw new FormatException("It names no host.");
        var read = new NpgsqlConnectionStringBuilder { Host = url.Host.Trim('[', ']') };
        if (url.Port > 0) read.Port = url.Port;
        if (url.AbsolutePath.Length > 1) read.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
        if (url.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var password])
        {
            read.Username = Uri.UnescapeDataString(user);
            if (password is [var secret]) read.Password = Uri.UnescapeDataString(secret);
        }
        foreach (var (name, values) in QueryHelpers.ParseQuery(url.Query))
            read[Keyword(name)] = Value(name, values.ToString());
        return read;
    }

    /// <summary>
    /// Translates the name of a URL parameter, which libpq defines, to Npgsql's keyword. For most names, only the
    /// underscores differ.
    /// </summary>
    private static string Keyword(string name) => name switch
    {
        "user" => "username",
        "dbname" => "database",
        "connect_timeout" => "timeout",
        "sslcert" => "sslcertificate",
        "sslrootcert" => "rootcertificate",
        "target_session_attrs" => "targetsessionattributes",
        _ => name.Replace("_", "", StringComparison.Ordinal),
    };

    /// <summary>Translates a URL parameter's value: libpq's <c>verify-full</c> is Npgsql's <c>VerifyFull</c>.</summary>
    private static string Value(string name, string value) =>
        name is "sslmode" or "target_session_attrs" ? value.Replace("-", "", StringComparison.Ordinal) : value;
}
