using Liuzhuan.Platform.Data;
using Microsoft.Data.Sqlite;

namespace Liuzhuan.Tests.Platform.Data;

public class SqliteStatementTests
{
    private const string Table = "create table odd (id integer primary key, words text, content blob, number integer)", Insert = "insert into odd (id, words, content, number) values (?, ?, ?, ?)";

    [Theory, InlineData(true), InlineData(false)]
    public async Task Every_kind_of_value_is_stored_as_the_driver_reads_it(bool keep)
    {
        await using var made = await TestDatabase.CreateAsync("sqlite", migrate: false);
        await using var connection = (SqliteConnection)await made.Store.OpenAsync(CancellationToken.None);
        using var kept = keep ? SqliteStatement.Keep(connection) : null;
        await connection.ExecuteAsync(null, Table, CancellationToken.None);

        using (var insert = SqliteStatement.Of(connection, Insert))
        {
            Assert.Equal(1, insert.Add(long.MinValue).Add("甲 𠮷 '\"\\\n").Add([0, 255, 1]).Add(7).Run());
            insert.Add(1).Add("").Add(ReadOnlySpan<byte>.Empty).Add(long.MaxValue).Run();
            insert.Add(2).Add((string?)null).AddNull().AddNull().Run();
        }

        var rows = await connection.ListAsync(null, "select id, words, content, number from odd order by id", row => (Id: row.GetInt64(0), Words: row[1], Content: row[2], Number: row[3]), CancellationToken.None);
        Assert.Equal([long.MinValue, 1, 2], rows.Select(row => row.Id));
        Assert.Equal(new object[] { "甲 𠮷 '\"\\\n", "", DBNull.Value }, rows.Select(row => row.Words));
        Assert.Equal(new object[] { new byte[] { 0, 255, 1 }, Array.Empty<byte>(), DBNull.Value }, rows.Select(row => row.Content));
        Assert.Equal(new object[] { 7L, long.MaxValue, DBNull.Value }, rows.Select(row => row.Number));
    }

    [Fact]
    public async Task A_row_that_is_refused_is_a_fault_of_the_driver_and_the_next_one_is_written()
    {
        await using var made = await TestDatabase.CreateAsync("sqlite", migrate: false);
        await using var connection = (SqliteConnection)await made.Store.OpenAsync(CancellationToken.None);
        using var kept = SqliteStatement.Keep(connection);
        await connection.ExecuteAsync(null, Table, CancellationToken.None);
        var insert = SqliteStatement.Of(connection, Insert);
        insert.Add(1).Add("first").AddNull().AddNull().Run();

        const int constraint = 19;
        Assert.Equal(constraint, Assert.Throws<SqliteException>(() => insert.Add(1).Add("again").AddNull().AddNull().Run()).SqliteErrorCode);
        Assert.Equal(1, insert.Add(2).Add("second").AddNull().AddNull().Run());
        Assert.Throws<SqliteException>(() => insert.Add(3).AddNull().AddNull().AddNull().AddNull());
        Assert.Equal(1, insert.Add(3).Add("third").AddNull().AddNull().Run());
        using var touched = SqliteStatement.Of(connection, "update odd set number = ? where id > ?");
        Assert.Equal(2, touched.Add(5).Add(1).Run());
    }

    [Fact]
    public async Task A_kept_statement_follows_the_schema_and_is_gone_with_its_connection()
    {
        await using var made = await TestDatabase.CreateAsync("sqlite", migrate: false);
        await using (var connection = (SqliteConnection)await made.Store.OpenAsync(CancellationToken.None))
        {
            await connection.ExecuteAsync(null, Table, CancellationToken.None);
            using var kept = SqliteStatement.Keep(connection);
            var insert = SqliteStatement.Of(connection, Insert);
            insert.Add(1).AddNull().AddNull().AddNull().Run();
            Assert.Same(insert, SqliteStatement.Of(connection, Insert));
            await using var other = await made.Store.OpenAsync(CancellationToken.None);
            await other.ExecuteAsync(null, "alter table odd add column more text", CancellationToken.None);
            Assert.Equal(1, insert.Add(2).AddNull().AddNull().AddNull().Run());
        }

        // A statement left open would keep the database and its file open beyond the pool.
        await made.Store.DisposeAsync();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open files are looked up in /proc.");
        Assert.DoesNotContain(made.Store.FilePath, Directory.GetFiles("/proc/self/fd").Select(OpenFile));
    }

    // Null where another test closed it meanwhile.
    private static string? OpenFile(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
