using Liuzhuan.Commands;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Tests.Platform.Data;
using Liuzhuan.Tests.Platform.Ledger.Accesses;

namespace Liuzhuan.Tests.Commands;

public sealed class DataCommandTests : IDisposable
{
    private const string Password = "keep-this-to-yourself";

    private readonly string _folder = Directory.CreateTempSubdirectory("liuzhuan-data-commands-").FullName;

    public static TheoryData<string> Databases => TestDatabases.All;

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Migrate_makes_a_closed_folder_and_says_which_steps_ran_then_nothing()
    {
        var first = await RunAsync("migrate", "--data", Data);
        Assert.Equal((0, ""), (first.Code, first.Error));
        foreach (var step in Migrator.Steps(Dialect.Sqlite)) Assert.Contains(step, first.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
        var second = await RunAsync("migrate", "--data", Data, "--lang", "en");
        Assert.Equal(0, second.Code);
        Assert.StartsWith("The database is up to date", second.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("must be sqlite or postgres", "migrate", "--provider", "mysql")]
    [InlineData("needs a connection string: set Data__Connection", "migrate", "--provider", "postgres")]
    [InlineData("not a postgres:// address", "move", "--to", "postgres", "--connection", $"postgres://u:{Password}@db.example/x")]
    [InlineData("must be sqlite or postgres", "move", "--to", "oracle")]
    [InlineData("make one with liuzhuan migrate", "backup", "nowhere.backup")]
    [InlineData("make one with liuzhuan migrate", "move", "--to", "sqlite", "--connection", "Data Source=other.db")]
    [InlineData("check Host and Port", "migrate", "--provider", "postgres", "--connection", $"Host=127.0.0.1;Port=1;Username=u;Password={Password}")]
    [InlineData("check the path", "restore", "nowhere.backup")]
    public async Task What_cannot_be_done_is_one_sentence_and_leaves_nothing(string remedy, params string[] line)
    {
        foreach (var language in new[] { "zh", "en" })
        {
            var run = await RunAsync([.. line, "--data", Data, "--lang", language]);
            Assert.True(run.Code == 2, run.Error);
            Assert.Single(run.Error.TrimEnd().Split('\n'));
            Assert.DoesNotContain(Password, run.Error + run.Output, StringComparison.Ordinal);
            if (language == "en") Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(Data) && Directory.EnumerateFiles(Data).Any());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_operator_backs_up_destroys_restores_and_loses_nothing(string database)
    {
        await using var made = await TestDatabase.CreateAsync(database);
        await FilledDatabase.FillAsync(made.Store);
        var before = await FilledDatabase.SumsAsync(made.Store);
        var (backup, words) = (Path.Combine(_folder, "a.backup"), Path.Combine(_folder, "words"));
        await File.WriteAllTextAsync(words, "a long passphrase\n");
        Directory.CreateDirectory(Path.Combine(made.Folder, "keys"));
        await File.WriteAllTextAsync(Path.Combine(made.Folder, "keys", "a.pem"), "secret");
        string[] place = ["--data", made.Folder, "--provider", database, "--connection", made.ConnectionText];
        var kept = await RunAsync(["backup", backup, .. place, "--passphrase-file", words]);
        Assert.Equal((0, ""), (kept.Code, kept.Error));

        Directory.Delete(Path.Combine(made.Folder, "keys"), recursive: true);
        if (made.Store.FilePath is { } file) foreach (var part in new[] { "", "-wal", "-shm" }) File.Delete(file + part);
        else await DestroyAsync(made.Store);
        var restored = await RunAsync(["restore", backup, .. place, "--passphrase-file", words]);
        Assert.Equal((0, ""), (restored.Code, restored.Error));
        Assert.Equal(before, await FilledDatabase.SumsAsync(made.Store));
        Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(made.Folder, "keys", "a.pem")));
        foreach (var table in before) Assert.Contains(table.Digest[..16], restored.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("move")]
    public async Task Accesses_that_a_command_left_in_a_file_are_taken_in_first(string command)
    {
        await using var ground = await AccessGround.CreateAsync("sqlite");
        await ground.CommandBatchAsync(AccessGround.Court, [.. Enumerable.Range(0, 20_000).Select(i => (ulong)i)]);
        var copy = Path.Combine(_folder, "copy.db");
        string[] place = ["--data", ground.Database.Folder], elsewhere = ["--data", _folder, "--connection", $"Data Source={copy}"];
        var run = command == "move"
            ? await RunAsync(["move", "--to", "sqlite", "--connection", $"Data Source={copy}", .. place])
            : await RunAsync(["backup", Path.Combine(_folder, "a.backup"), .. place]);
        Assert.True(run.Code == 0, run.Error);
        if (command == "backup") Assert.Equal(0, (await RunAsync(["restore", Path.Combine(_folder, "a.backup"), .. elsewhere])).Code);
        await using var store = new DataStore(new DataOptions { Connection = $"Data Source={copy}" }, _folder);
        var list = await new AccessHistory(store, [ground.Key]).ReadAsync([AccessGround.Person(19_999)], ground.Clock.Now, 10, null, CancellationToken.None);
        Assert.Single(list.Items);
    }

    [Fact]
    public async Task A_backup_without_keys_says_so_plainly()
    {
        await RunAsync("migrate", "--data", Data);
        var run = await RunAsync("backup", Path.Combine(_folder, "a.backup"), "--data", Data);
        Assert.Equal(0, run.Code);
        Assert.Contains("备份里没有密钥", run.Error, StringComparison.Ordinal);
        var check = await RunAsync("restore", Path.Combine(_folder, "a.backup"), "--check", "--lang", "en");
        Assert.Equal((0, ""), (check.Code, check.Error));
        Assert.Contains("is sound", check.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_move_says_what_to_set_and_keeps_the_password_to_itself(string database)
    {
        await using var target = await TestDatabase.CreateAsync(database, migrate: false);
        await RunAsync("migrate", "--data", Data);
        // The server trusts whoever comes by its socket, so any password does.
        var connection = target.ConnectionText + (database == "postgres" ? $";Password={Password}" : "");
        var run = await RunAsync("move", "--data", Data, "--to", database, "--connection", connection, "--lang", "en");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains($"Data__Provider={database}", run.Output, StringComparison.Ordinal);
        Assert.Contains("Data__Connection=", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, run.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Doctor_tells_the_state_of_the_database(string database)
    {
        await using var made = await TestDatabase.CreateAsync(database, migrate: false);
        string[] place = ["doctor", "--lang", "en", "--data", made.Folder, "--provider", database, "--connection", made.ConnectionText];
        if (database == "sqlite") Assert.Contains("No database yet", (await RunAsync(place)).Output, StringComparison.Ordinal);
        else Assert.Contains("run liuzhuan migrate", (await RunAsync(place)).Output, StringComparison.Ordinal);

        await Migrator.MigrateAsync(made.Store, CancellationToken.None);
        var sound = await RunAsync(place);
        Assert.Equal(0, sound.Code);
        Assert.Contains("The schema is up to date", sound.Output, StringComparison.Ordinal);

        await using (var connection = await made.Store.OpenAsync(CancellationToken.None)) await connection.ExecuteAsync(null, "create table unfinished_copy (id integer primary key)", CancellationToken.None);
        var unfinished = await RunAsync(place);
        Assert.Equal(2, unfinished.Code);
        Assert.Contains("[!!] The database is incomplete", unfinished.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_names_what_is_wrong_with_a_file_a_mode_or_a_key()
    {
        await RunAsync("migrate", "--data", Data);
        var keys = Directory.CreateDirectory(Path.Combine(Data, "keys")).FullName;
        await File.WriteAllTextAsync(Path.Combine(keys, "answers.pem"), "secret");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(keys, "answers.pem"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            var open = await RunAsync("doctor", "--data", Data, "--lang", "en");
            Assert.Contains("[!!] Other accounts have access to the keys", open.Output, StringComparison.Ordinal);
            Assert.Contains($"chmod -R go= {keys}", open.Output, StringComparison.Ordinal);
        }

        await using (var store = new DataStore(new DataOptions(), Data))
        {
            await using var connection = await store.OpenAsync(CancellationToken.None);
            await connection.ExecuteAsync(null, "pragma journal_mode = delete", CancellationToken.None);
        }

        Assert.Contains("not in WAL mode", (await RunAsync("doctor", "--data", Data, "--lang", "en")).Output, StringComparison.Ordinal);
        foreach (var part in new[] { "-wal", "-shm" }) File.Delete(Path.Combine(Data, "liuzhuan.db" + part));
        await File.WriteAllTextAsync(Path.Combine(Data, "liuzhuan.db"), new string('x', 5000));
        var foreign = await RunAsync("doctor", "--data", Data, "--lang", "en");
        Assert.Contains("[!!] The database file is no SQLite database", foreign.Output, StringComparison.Ordinal);
        Assert.Equal(2, foreign.Code);
    }

    [Fact]
    public async Task A_server_without_the_database_is_told_without_the_password()
    {
        Assert.SkipWhen(TestDatabases.Postgres is null, "LIUZHUAN_TEST_POSTGRES names no PostgreSQL server.");
        foreach (var command in new[] { "migrate", "doctor" })
        {
            var run = await RunAsync(command, "--lang", "en", "--data", Data, "--provider", "postgres", "--connection", $"{TestDatabases.Postgres};Database=nowhere;Password={Password}");
            Assert.Equal(2, run.Code);
            Assert.Contains("make it with createdb", run.Output + run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, run.Output + run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_environment_names_the_database_too()
    {
        using var child = Child.StartIn("export Data__Provider=mysql; exec \"$@\"", "migrate", "--data", Data);
        var ended = await child.EndAsync();
        Assert.Equal(2, ended.Code);
        Assert.Contains("Data__Provider（或 --provider）只能是 sqlite 或 postgres", ended.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task DestroyAsync(DataStore store)
    {
        await using var connection = await store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, "drop schema public cascade; create schema public", CancellationToken.None);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var told = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await Task.Run(() => CommandLine.Run(args, new Terminal { Out = told, Error = error, OpenInput = () => Stream.Null, OpenOutput = () => Stream.Null, Clock = new TestClock(TestClock.Morning) }));
        return (code, told.ToString(), error.ToString());
    }
}
