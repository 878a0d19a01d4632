using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Data.Copies;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Tests.Platform.Data.Copies;

public sealed class BackupTests : IDisposable
{
    private const string Passphrase = "correct horse battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("liuzhuan-backup-").FullName;

    public static TheoryData<string> Databases => TestDatabases.All;

    public static TheoryData<string, string> Pairs => [.. TestDatabases.All.SelectMany(from => TestDatabases.All.Select(to => ((string)from.Data, (string)to.Data)))];

    private string File_ => Path.Combine(_folder, "a.backup");

    [Theory, MemberData(nameof(Pairs))]
    public async Task A_backup_is_restored_whole_into_either_database(string from, string to)
    {
        await using var source = await FilledAsync(from);
        await using var target = await TestDatabase.CreateAsync(to, migrate: false);
        var made = await BackupAsync(source);
        var checkedContents = RestoreBackup.Check(File_, null, CancellationToken.None);
        Assert.Equal(made.Digest, checkedContents.Digest);
        Assert.Equal(made.Tables, checkedContents.Tables);
        Value(await RestoreAsync(target));
        Assert.Equal(await FilledDatabase.SumsAsync(source.Store), await FilledDatabase.SumsAsync(target.Store));
        Assert.Empty(await Migrator.MigrateAsync(target.Store, CancellationToken.None));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(File_));
    }

    [Theory, MemberData(nameof(Pairs))]
    public async Task A_table_that_somebody_added_is_not_forgotten(string from, string to)
    {
        await using var source = await TestDatabase.CreateAsync(from);
        await using var target = await TestDatabase.CreateAsync(to);
        await using (var connection = await source.Store.OpenAsync(CancellationToken.None))
        {
            await connection.ExecuteAsync(null, source.Store.Dialect.Translate("create table \"Added later\" (uid {uuid}, words text, flag {bool}, at {instant}, content {bytes}, primary key (words, uid))"), CancellationToken.None);
        }

        await FilledDatabase.FillAsync(source.Store);
        var made = await BackupAsync(source);
        Assert.True(made.Tables.Single(table => table.Table == "Added later").Rows >= 3);
        Value(await RestoreAsync(target));
        Assert.Equal(await FilledDatabase.SumsAsync(source.Store), await FilledDatabase.SumsAsync(target.Store));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_database_that_holds_something_is_replaced_only_when_that_is_asked_for(string database)
    {
        await using var source = await FilledAsync(database);
        await using var target = await FilledAsync(database);
        await BackupAsync(source);
        await using (var connection = await target.Store.OpenAsync(CancellationToken.None))
            await connection.ExecuteAsync(null, "create table its_own (id integer primary key); insert into its_own values (1)", CancellationToken.None);
        var before = await FilledDatabase.SumsAsync(target.Store);
        Assert.Equal("data.not-empty", Refused(await RestoreAsync(target)).Code);
        Assert.Equal(before, await FilledDatabase.SumsAsync(target.Store));
        Value(await RestoreAsync(target, replace: true));
        Assert.Equal(await FilledDatabase.SumsAsync(source.Store), await FilledDatabase.SumsAsync(target.Store));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Another_program_s_database_is_left_alone(string database)
    {
        await using var source = await FilledAsync("sqlite");
        await BackupAsync(source);
        await using var target = await TestDatabase.CreateAsync(database, migrate: false);
        await using (var connection = await target.Store.OpenAsync(CancellationToken.None)) await connection.ExecuteAsync(null, "create table accounts (id integer primary key, amount numeric)", CancellationToken.None);
        var refused = Refused(await RestoreAsync(target, replace: true));
        Assert.Equal("data.foreign", refused.Code);
        Assert.Contains("accounts", refused.English, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Pairs))]
    public async Task A_backup_of_an_older_schema_is_brought_up_to_date(string from, string to)
    {
        var first = Migrator.Steps(Dialect.Sqlite)[0][..4];
        await using var source = await TestDatabase.CreateAsync(from, migrate: false);
        await Migrator.MigrateAsync(source.Store, CancellationToken.None, upTo: first);
        await FilledDatabase.FillAsync(source.Store);
        await using var target = await TestDatabase.CreateAsync(to);
        await BackupAsync(source);
        Value(await RestoreAsync(target));
        Assert.Empty(await Migrator.MissingAsync(target.Store, CancellationToken.None));
        await using var old = await DatabaseSnapshot.OpenAsync(source.Store, CancellationToken.None);
        await using var restored = await DatabaseSnapshot.OpenAsync(target.Store, CancellationToken.None);
        foreach (var table in old.Tables) Assert.Equal(await FilledDatabase.SumAsync(old, table), await FilledDatabase.SumAsync(restored, table));
    }

    [Fact]
    public async Task A_backup_never_goes_over_the_database_itself()
    {
        await using var source = await FilledAsync("sqlite");
        var over = await WriteBackup.RunAsync(source.Store, source.Store.FilePath!, "", null, TestClock, null, CancellationToken.None);
        Assert.Equal("output.same", Refused(over).Code);
        await FilledDatabase.SumsAsync(source.Store);
    }

    [Fact]
    public async Task Keys_travel_sealed_and_come_back_closed_to_others()
    {
        await using var source = await FilledAsync("sqlite");
        var keys = Path.Combine(source.Folder, "keys");
        Directory.CreateDirectory(Path.Combine(keys, "old"));
        await File.WriteAllTextAsync(Path.Combine(keys, "answers.pem"), "a private key that must not be read");
        await File.WriteAllTextAsync(Path.Combine(keys, "old", "answers.pem"), "an older one");
        await BackupAsync(source, Passphrase);
        Assert.DoesNotContain("private key", await File.ReadAllTextAsync(File_), StringComparison.Ordinal);
        Assert.DoesNotContain("answers.pem", await File.ReadAllTextAsync(File_), StringComparison.Ordinal);

        await using var target = await TestDatabase.CreateAsync("sqlite", migrate: false);
        var back = Path.Combine(target.Folder, "keys");
        Assert.Equal("backup.passphrase", Refused(await RestoreAsync(target, passphrase: "not the right words")).Code);
        Assert.False(target.Store.Exists);
        Directory.CreateDirectory(back);
        await File.WriteAllTextAsync(Path.Combine(back, "answers.pem"), "another key");
        Assert.Equal("backup.keys", Refused(await RestoreAsync(target, passphrase: Passphrase)).Code);
        Assert.False(target.Store.Exists);

        var restored = Value(await RestoreAsync(target, passphrase: Passphrase, replace: true));
        Assert.Equal("another key", await File.ReadAllTextAsync(Path.Combine(restored.OldKeys!, "answers.pem")));
        Assert.Equal("a private key that must not be read", await File.ReadAllTextAsync(Path.Combine(back, "answers.pem")));
        Assert.Equal("an older one", await File.ReadAllTextAsync(Path.Combine(back, "old", "answers.pem")));
        if (OperatingSystem.IsWindows()) return;
        foreach (var path in Directory.EnumerateFiles(back, "*", SearchOption.AllDirectories)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        foreach (var path in Directory.EnumerateDirectories(back, "*", SearchOption.AllDirectories).Prepend(back)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_backup_taken_while_rows_are_written_is_of_one_instant(string database)
    {
        await using var source = await TestDatabase.CreateAsync(database);
        await using (var connection = await source.Store.OpenAsync(CancellationToken.None))
            await connection.ExecuteAsync(null, "create table aa_first (id integer primary key); create table zz_last (id integer primary key)", CancellationToken.None);
        await FilledDatabase.FillAsync(source.Store);
        using var enough = new CancellationTokenSource();
        var written = 100;
        var writing = Task.Run(async () =>
        {
            await using var connection = await source.Store.OpenAsync(CancellationToken.None);
            while (!enough.IsCancellationRequested)
            {
                await using var transaction = await connection.BeginTransactionAsync();
                foreach (var table in new[] { "aa_first", "zz_last" }) await connection.ExecuteAsync(transaction, $"insert into {table} values (@id)", CancellationToken.None, ("id", written));
                await transaction.CommitAsync();
                Interlocked.Increment(ref written);
            }
        });

        // However fast or slow the machine: some backups must have had a commit in their middle.
        var during = 0;
        for (var i = 0; i < 20 || (during < 3 && i < 5000); i++)
        {
            var (before, made) = (Volatile.Read(ref written), await BackupAsync(source));
            if (Volatile.Read(ref written) > before) during++;
            var (first, last) = (made.Tables.Single(table => table.Table == "aa_first"), made.Tables.Single(table => table.Table == "zz_last"));
            Assert.Equal(first.Rows, last.Rows);
            Assert.InRange(first.Rows, before - 100, long.MaxValue);
        }

        await enough.CancelAsync();
        await writing;
        Assert.InRange(during, 3, int.MaxValue);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TimeProvider TestClock => new TestClock(Tests.TestClock.Morning);

    private static async Task<TestDatabase> FilledAsync(string provider)
    {
        var made = await TestDatabase.CreateAsync(provider);
        await FilledDatabase.FillAsync(made.Store);
        return made;
    }

    private async Task<BackupContents> BackupAsync(TestDatabase from, string? passphrase = null) =>
        Value(await WriteBackup.RunAsync(from.Store, File_, Path.Combine(from.Folder, "keys"), passphrase, TestClock, null, CancellationToken.None));

    private Task<Result<Restored>> RestoreAsync(TestDatabase to, string? passphrase = null, bool replace = false) =>
        RestoreBackup.RunAsync(File_, to.Store, Path.Combine(to.Folder, "keys"), passphrase, replace, TestClock, null, CancellationToken.None);

    private static T Value<T>(Result<T> result)
        where T : notnull
    {
        Assert.True(result.Ok(out var value, out var refusal), refusal?.English);
        return value!;
    }

    private static Refusal Refused<T>(Result<T> result)
        where T : notnull
    {
        Assert.False(result.Ok(out _, out var refusal));
        return refusal!;
    }
}
