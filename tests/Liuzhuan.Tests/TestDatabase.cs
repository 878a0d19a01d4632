using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Web;
using Npgsql;

namespace Liuzhuan.Tests;

/// <summary>A database and a data folder of a test's own; both are gone when it is disposed.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string TemplateLock = "select pg_advisory_lock(7302)", TemplateUnlock = "select pg_advisory_unlock(7302)";

    private static readonly Lazy<Task<string>> Template = new(TemplateAsync);
    private static readonly Lazy<Task<byte[]>> SqliteTemplate = new(SqliteTemplateAsync);

    private readonly bool _isElsewhere;

    // What looks into a database whose server is stopped again and again keeps no connection to it.
    private TestDatabase(DataOptions options, string folder, bool isElsewhere = false) => (Options, Folder, Store, _isElsewhere) = (options, folder, new DataStore(isElsewhere ? new DataOptions { Provider = options.Provider, Connection = options.Connection + ";Pooling=false" } : options, folder), isElsewhere);

    public DataStore Store { get; }

    public DataOptions Options { get; }

    public string Folder { get; }

    /// <param name="provider">One of <see cref="TestDatabases.All"/>.</param>
    /// <param name="migrate">False for a database without any table.</param>
    /// <param name="folder">Where the data folder is made; null for a place of its own.</param>
    public static async Task<TestDatabase> CreateAsync(string provider, bool migrate = true, string? folder = null)
    {
        folder = folder is null ? Directory.CreateTempSubdirectory("liuzhuan-data-").FullName : PrivateFolder.Create(folder).FullName;
        if (provider == "postgres") return new TestDatabase(new DataOptions { Provider = provider, Connection = await PostgresAsync(migrate) }, folder);
        var made = new TestDatabase(new DataOptions { Provider = provider }, folder);
        if (migrate) await File.WriteAllBytesAsync(made.Store.FilePath!, await SqliteTemplate.Value);
        return made;
    }

    /// <summary>An empty database of a server that a test has for itself; it goes with that server.</summary>
    public static async Task<TestDatabase> OnAsync(string connection)
    {
        var made = new TestDatabase(new DataOptions { Provider = "postgres", Connection = connection }, Directory.CreateTempSubdirectory("liuzhuan-data-").FullName, isElsewhere: true);
        await Migrator.MigrateAsync(made.Store, CancellationToken.None);
        return made;
    }

    /// <summary>What a command line is told with <c>--connection</c> to mean this database.</summary>
    public string ConnectionText => Store.FilePath is { } file ? $"Data Source={file}" : Options.Connection;

    /// <summary>A second store on the same database, as another process would open it.</summary>
    public DataStore OpenAgain() => new(Options, Folder);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (Options.Provider == "postgres" && !_isElsewhere) await OnServerAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(Options.Connection).Database} with (force)");
        await RemoveAsync(Folder);
    }

    // A request that a browser was about to send may still be ending, and with it its connection: SQLite then removes files of its own in here.
    private static async Task RemoveAsync(string folder)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<string> PostgresAsync(bool migrate)
    {
        var name = $"test_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        await OnServerAsync($"create database {name}" + (migrate ? $" template {await Template.Value}" : ""));
        return ConnectionTo(name);
    }

    // As below, for this run. The last connection that is closed takes the log beside the file with it.
    private static async Task<byte[]> SqliteTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("liuzhuan-template-").FullName;
        string file;
        await using (var store = new DataStore(new DataOptions { Provider = "sqlite" }, folder))
        {
            await Migrator.MigrateAsync(store, CancellationToken.None);
            file = store.FilePath!;
        }

        Assert.Equal([file], Directory.GetFiles(folder));
        var content = await File.ReadAllBytesAsync(file);
        await RemoveAsync(folder);
        return content;
    }

    // Copying a migrated database is quicker than migrating each; it is made once for each state of the migrations and stays on the server.
    private static async Task<string> TemplateAsync()
    {
        var name = $"template_{StepsDigest()}";
        await using var server = new NpgsqlConnection(ConnectionTo("postgres"));
        await server.OpenAsync();
        await server.ExecuteAsync(null, TemplateLock, CancellationToken.None);
        if (await server.ScalarAsync(null, "select 1 from pg_database where datname = @name", CancellationToken.None, ("name", name)) is null)
        {
            await server.ExecuteAsync(null, $"drop database if exists {name}_new", CancellationToken.None);
            await server.ExecuteAsync(null, $"create database {name}_new", CancellationToken.None);
            await using (var store = new DataStore(new DataOptions { Provider = "postgres", Connection = ConnectionTo($"{name}_new") }, "")) await Migrator.MigrateAsync(store, CancellationToken.None);
            await server.ExecuteAsync(null, $"alter database {name}_new rename to {name}", CancellationToken.None);
        }

        await server.ExecuteAsync(null, TemplateUnlock, CancellationToken.None);
        return name;
    }

    private static string StepsDigest()
    {
        var texts = Migrator.Steps(Dialect.Postgres).Select(step => step + new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream(step)!).ReadToEnd());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Dialect.Postgres.Translate(string.Concat(texts)))))[..16];
    }

    private static string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder(TestDatabases.Postgres) { Database = database, MaxPoolSize = 40 }.ConnectionString;

    private static async Task OnServerAsync(string statement)
    {
        await using var server = new NpgsqlConnection(ConnectionTo("postgres"));
        await server.OpenAsync();
        await server.ExecuteAsync(null, statement, CancellationToken.None);
    }
}
