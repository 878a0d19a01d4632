using Liuzhuan.Platform.Data;

namespace Liuzhuan.Tests.Platform.Data;

public class BulkInsertTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    private const string Table = "create table odd (id {long} primary key, small integer, flag {bool}, at {instant}, uid {uuid}, words text, content {bytes})";

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_kind_of_value_comes_back_as_it_was_and_nothing_before_the_commit(string database)
    {
        await using var made = await TestDatabase.CreateAsync(database, migrate: false);
        await using var connection = await made.Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, made.Store.Dialect.Translate(Table), CancellationToken.None);
        object?[][] rows =
        [
            [long.MinValue, (long)int.MinValue, true, TestClock.Morning.AddMicroseconds(7), new Guid("0011aabb-ccdd-eeff-0123-456789abcdef"), "甲 '\"\\\n\t", new byte[] { 0, 255, 1 }],
            [long.MaxValue, 3, false, DateTimeOffset.UnixEpoch, Guid.Empty, "", Array.Empty<byte>()],
            [0L, null, null, null, null, null, null],
        ];
        foreach (var keep in new[] { false, true })
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var insert = await BulkInsert.BeginAsync(transaction, "odd", ["id", "small", "flag", "at", "uid", "words", "content"], CancellationToken.None))
            {
                foreach (var row in rows) await insert.WriteAsync(row, CancellationToken.None);
                await insert.CompleteAsync(CancellationToken.None);
            }

            if (keep) await transaction.CommitAsync();
            else await transaction.RollbackAsync();
            Assert.Equal(keep ? 3 : 0, Convert.ToInt32(await connection.ScalarAsync(null, "select count(*) from odd", CancellationToken.None)));
        }

        foreach (var row in rows)
        {
            var same = await connection.ScalarAsync(null, "select count(*) from odd where id = @id and (flag = @flag or flag is null) and (at = @at or at is null) and (uid = @uid or uid is null) and (words = @words or words is null) and (content = @content or content is null)",
                CancellationToken.None, ("id", row[0]), ("flag", row[2] ?? false), ("at", row[3] ?? TestClock.Morning), ("uid", row[4] ?? Guid.Empty), ("words", row[5] ?? ""), ("content", row[6] ?? Array.Empty<byte>()));
            Assert.Equal(1, Convert.ToInt32(same));
        }
    }

    [Fact]
    public async Task What_PostgreSQL_cannot_keep_is_refused_with_the_name_of_the_column()
    {
        Assert.SkipWhen(TestDatabases.Postgres is null, "LIUZHUAN_TEST_POSTGRES names no PostgreSQL server.");
        await using var made = await TestDatabase.CreateAsync("postgres", migrate: false);
        await using var connection = await made.Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, made.Store.Dialect.Translate(Table), CancellationToken.None);
        foreach (var (column, value) in new (string, object)[] { ("words", "a\0b"), ("small", 1L << 40) })
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var insert = await BulkInsert.BeginAsync(transaction, "odd", ["id", column], CancellationToken.None);
            var refused = await Assert.ThrowsAsync<DataRefusedException>(() => insert.WriteAsync([1L, value], CancellationToken.None).AsTask());
            Assert.Equal("data.value", refused.Refusal.Code);
            Assert.Contains(column, refused.Refusal.English, StringComparison.Ordinal);
        }
    }
}
