using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

namespace Liuzhuan.Tests.Platform.Ledger.Writing;

/// <summary>The ledger of a command: no queue, no other entries, the same log.</summary>
public class AloneTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_it_writes_stands_among_the_entries_of_a_service(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await using var alone = ground.OpenAnother(isAlone: true);
        var receipts = new List<LedgerReceipt?>();
        for (var i = 0; i < 10; i++)
        {
            receipts.Add(await ground.Ledger.AppendAsync(LedgerGround.Entry(i), CancellationToken.None));
            receipts.Add(alone.Append(LedgerGround.Entry(i, "batch")));
            receipts.Add(await alone.AppendAsync(LedgerGround.Entry(i, "administration"), CancellationToken.None));
        }

        receipts.AddRange(await alone.AppendAsync([.. Enumerable.Range(0, 70).Select(i => LedgerGround.Entry(i))], CancellationToken.None));
        foreach (var receipt in receipts) ground.AssertHolds(receipt!);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), receipts.Select(receipt => receipt!.Position));
        Assert.Equal(100, (await ground.ReadSoundAsync()).Count);
        Assert.Equal(0, alone.Waiting);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_callers_at_once_take_turns(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await using var alone = ground.OpenAnother(isAlone: true);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => i % 2 == 0 ? alone.Append(LedgerGround.Entry(i)) : alone.AppendAsync(LedgerGround.Entry(i), CancellationToken.None).GetAwaiter().GetResult())));

        foreach (var receipt in receipts) ground.AssertHolds(receipt!);
        Assert.Equal(50, (await ground.ReadSoundAsync()).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_rehearsal_leaves_no_trace_and_hinders_nobody(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await ground.AppendAsync(3);
        await using var alone = ground.OpenAnother(isAlone: true);
        using var key = new PseudonymKey(new byte[PseudonymKey.SecretLength]);
        var accesses = new AccessRecorder(ground.Store, key, ground.Clock, isAlone: true);
        var access = new AccessEvent { Agency = "甲", Purpose = "乙", Provision = "丙", Fact = "丁" };
        var before = await CountsAsync(ground);

        alone.Rehearse(LedgerGround.Entry(99, "batch") with { Companions = [accesses.Rehearse(access)] });

        Assert.Equal(before, await CountsAsync(ground));
        await ground.AppendAsync(1);
        Assert.Equal(4, alone.Append(LedgerGround.Entry(4) with { Companions = [accesses.Rehearse(access)] })!.Position);
        Assert.Equal(5, (await ground.ReadSoundAsync()).Count);
        Assert.NotEqual(before, await CountsAsync(ground));
    }

    private static async Task<string> CountsAsync(LedgerGround ground)
    {
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        var counts = new List<string>();
        foreach (var table in new[] { "ledger_entries", "access_events", "access_recent", "access_contexts", "access_runs", "access_blocks" })
            counts.Add($"{table} {await connection.ScalarAsync(null, $"select count(*) from {table}", CancellationToken.None)}");
        return string.Join(", ", counts);
    }
}
