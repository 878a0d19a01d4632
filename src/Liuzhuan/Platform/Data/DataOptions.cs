using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.Outcomes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liuzhuan.Platform.Data;

/// <summary>Section "Data": where state is kept. Options of a command (<c>--provider</c>, <c>--connection</c>) come before the environment; a connection in the environment belongs to the provider named there.</summary>
internal sealed class DataOptions
{
    public const string Sqlite = "sqlite", Postgres = "postgres";

    /// <summary>How the environment names them.</summary>
    public const string ProviderVariable = "Data__Provider", ConnectionVariable = "Data__Connection";

    /// <summary>False where the program was compiled without PostgreSQL's library: whoever asks for that provider is handed over to the whole program before.</summary>
    [FeatureSwitchDefinition("Liuzhuan.HasPostgres")]
    public static bool HasPostgres => !AppContext.TryGetSwitch("Liuzhuan.HasPostgres", out var hasPostgres) || hasPostgres;

    /// <summary><c>sqlite</c> (embedded, nothing to install) or <c>postgres</c> (15 or later, for services of several hosts).</summary>
    [Required, RegularExpression("sqlite|postgres")]
    public string Provider { get; init; } = Sqlite;

    /// <summary>The connection string. Empty with SQLite: <c>liuzhuan.db</c> in the data folder; else <c>Data Source=/path/of/the/file</c>. PostgreSQL: <c>Host=…;Database=…;Username=…;Password=…</c>. A password belongs here rather than on a command line, where others see it.</summary>
    [Secret]
    public string Connection { get; init; } = "";

    /// <summary>What a command line and the environment ask for, in that order; refused with a sentence when it cannot be meant.</summary>
    /// <param name="variable">Looks up a variable of the environment.</param>
    /// <param name="provider">From the command line; null where it says nothing.</param>
    public static Result<DataOptions> Read(Func<string, string?> variable, string? provider, string? connection)
    {
        var set = variable(ProviderVariable) is { Length: > 0 } given ? given : Sqlite;
        var chosen = provider ?? set;
        // A connection of the environment belongs to the provider named there.
        return new DataOptions { Provider = chosen, Connection = connection ?? (chosen == set ? variable(ConnectionVariable) : null) ?? "" }.Checked();
    }

    /// <summary>These options, or why they cannot be used. No sentence repeats the connection string: it may hold a password.</summary>
    public Result<DataOptions> Checked() => Provider switch
    {
        Sqlite => Connection.Length == 0 || IsSqlite(Connection) ? this : DataRefusals.SqliteConnection(),
        Postgres when Connection.Length == 0 => DataRefusals.NoConnection(),
        Postgres when HasPostgres => IsPostgres(Connection) ? this : DataRefusals.PostgresConnection(),
        _ => DataRefusals.Provider(Provider),
    };

    /// <summary>Server and database of a PostgreSQL connection string.</summary>
    public static string PostgresPlace(string connection)
    {
        if (!HasPostgres) return Postgres;
        var parts = new NpgsqlConnectionStringBuilder(connection);
        return $"PostgreSQL {parts.Host}/{parts.Database ?? parts.Username}";
    }

    // One in memory would lose everything when the program ends.
    private static bool IsSqlite(string connection)
    {
        try
        {
            var parts = new SqliteConnectionStringBuilder(connection);
            return parts.DataSource.Length > 0 && parts.DataSource != ":memory:" && !parts.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && parts.Mode is not SqliteOpenMode.Memory;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsPostgres(string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection).Host is { Length: > 0 };
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException)
        {
            return false;
        }
    }
}
