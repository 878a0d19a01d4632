using Liuzhuan.Commands;
using Liuzhuan.Exchange;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Tests.Commands;

public sealed class LedgerInWaitingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liuzhuan-waiting-").FullName;

    [Fact]
    public async Task Several_files_are_logged_and_after_the_last_one_the_database_is_closed()
    {
        using (var ledger = Open())
        {
            Assert.Equal([0L, 1L, 2L], new RecordBatch[] { ledger.Record, ledger.Record, ledger.RecordLast }.Select(record => Position(record)));
        }

        AssertClosed();
        Assert.Equal(3, Directory.GetFiles(Path.Combine(_folder, "liuzhuan.db-runs")).Length);
        await using var store = new DataStore(new DataOptions(), _folder);
        await using var connection = await store.OpenAsync(CancellationToken.None);
        Assert.Equal(3L, await connection.ScalarAsync(null, "select count(*) from access_runs where state = 3", CancellationToken.None));
    }

    [Fact]
    public void A_ledger_in_which_nothing_was_logged_is_closed_too()
    {
        Open().Dispose();
        AssertClosed();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private LedgerInWaiting Open() => new(TimeProvider.System, _folder, () => new DataOptions(), new BatchGrounds("testing", "none", "person"));

    private static long Position(RecordBatch record)
    {
        var report = new VerifyReport
        {
            Input = new ReportInput("a.csv", "", "utf-8", ",", []), Register = new ReportRegister("", default), Rows = 0, Verdicts = new Dictionary<string, long>(), Reasons = new Dictionary<string, long>(),
            Seconds = 0, OtherLines = new ReportLines(0, 0, 0), Problems = [], ProblemRows = 0, RegisterIsOld = false,
        };
        Assert.True(record(report, Enumerable.Range(0, 20_000).Select(i => (ulong)i).ToArray(), Task.CompletedTask).Ok(out var mark, out var refusal), refusal?.English);
        return mark.Position;
    }

    // Whoever closes SQLite's file as the last one copies its log home and removes it.
    private void AssertClosed()
    {
        Assert.True(File.Exists(Path.Combine(_folder, "liuzhuan.db")));
        Assert.False(File.Exists(Path.Combine(_folder, "liuzhuan.db-wal")));
    }
}
