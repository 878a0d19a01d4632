using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Checking;
using Liuzhuan.Platform.Ledger.Notes;

namespace Liuzhuan.Tests.Platform.Ledger;

public class RetentionTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Payloads_are_erased_when_due_and_every_proof_still_holds(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        var receipts = new List<LedgerReceipt>();
        for (var i = 0; i < 10; i++) receipts.Add((await ground.Ledger.AppendAsync(With(i, days: i < 4 ? 30 : 60), CancellationToken.None))!);
        var retention = new Retention(ground.Store, ground.Ledger);
        Assert.Equal(0, await retention.EraseDueAsync(ground.Clock.Now, CancellationToken.None));
        ground.Clock.Now += TimeSpan.FromDays(31);
        Assert.Equal(4, await retention.EraseDueAsync(ground.Clock.Now, CancellationToken.None));
        Assert.Equal(0, await retention.EraseDueAsync(ground.Clock.Now, CancellationToken.None));
        Assert.Equal([4, 5, 6, 7, 8, 9], await KeptAsync(ground));

        foreach (var receipt in receipts) ground.AssertHolds(receipt);
        foreach (var receipt in receipts) ground.AssertHolds((await ground.Ledger.ReceiptAsync(receipt.Position, null, CancellationToken.None))!);
        var entries = await ground.ReadSoundAsync();
        Assert.Equal(11, entries.Count);
        Assert.Contains("\"act\":\"erase-payloads\"", Encoding.UTF8.GetString(entries[^1].Leaf), StringComparison.Ordinal);
        Assert.True(Checkpoint.Open((await ground.Log.HeadAsync(CancellationToken.None)).Note, ground.NoteKey).Ok(out var checkpoint, out _));
        Assert.Empty((await new LogCheck(new DatabaseSource(ground.Store), [("note", checkpoint)], ground.Clock).RunAsync(null, CancellationToken.None)).Findings);
    }

    [Fact]
    public async Task What_was_erased_is_in_no_file_of_the_database()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        for (var i = 0; i < 200; i++) await ground.Ledger.AppendAsync(With(i, days: 1), CancellationToken.None);
        Assert.Contains(Directory.GetFiles(ground.Folder), file => IsAnywhere(file, "person 0007"));
        ground.Clock.Now += TimeSpan.FromDays(2);
        Assert.Equal(200, await new Retention(ground.Store, ground.Ledger).EraseDueAsync(ground.Clock.Now, CancellationToken.None));
        Assert.Equal([], Directory.GetFiles(ground.Folder).Where(file => IsAnywhere(file, "person 0")));
    }

    [Fact]
    public async Task The_same_payload_has_another_digest_each_time()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await ground.Ledger.AppendAsync(With(1, days: 1), CancellationToken.None);
        await ground.Ledger.AppendAsync(With(1, days: 1), CancellationToken.None);
        var digests = (await ground.ReadSoundAsync()).Select(entry => System.Text.Json.JsonDocument.Parse(entry.Leaf).RootElement.GetProperty("payload").GetString());
        Assert.Equal(2, digests.Distinct().Count());
    }

    private static NewEntry With(int number, int days) => LedgerGround.Entry(number) with { Payload = Encoding.ASCII.GetBytes($"person {number:0000}"), ErasePayloadAfter = TestClock.Morning.AddDays(days) };

    private static async Task<List<long>> KeptAsync(LedgerGround ground)
    {
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        return await connection.ListAsync(null, "select position from ledger_payloads where content is not null and nonce is not null and erased_at is null order by position", row => row.GetInt64(0), CancellationToken.None);
    }

    private static bool IsAnywhere(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;
    }
}
