using Pacil.Data;
using Pacil.Data.Postgres;
using Pacil.Data.Sqlite;

namespace Pacil.Web.Hosting;

/// <summary>Registers the database: PostgreSQL if the settings name one, otherwise SQLite in the data folder.</summary>
internal static class DataServices
{
    public static void AddData(this IServiceCollection services, Settings settings)
    {
        TypeHandlers.Register();
        services.AddSingleton<Database>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var log = provider.GetRequiredService<ILogger<Database>>();
            var deadlines = new Deadlines(
                TimeSpan.FromSeconds(settings.ReadSecondsMax), TimeSpan.FromSeconds(settings.WriteSecondsMax));
            return settings.Database is null
                ? new SqliteDatabase(settings.Data, deadlines, time, log)
                : new PostgresDatabase(
                    settings.Database, settings.DatabaseDirect, settings.DatabaseWriters, deadlines, time, log);
        });
    }
}
