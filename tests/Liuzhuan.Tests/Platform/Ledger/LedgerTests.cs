using System.Globalization;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;

namespace Liuzhuan.Tests.Platform.Ledger;

public class LedgerTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_appended_entry_has_a_receipt_that_holds_against_the_key_alone(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        var receipt = (await ground.Ledger.AppendAsync(LedgerGround.Entry(1), CancellationToken.None))!;
        ground.AssertHolds(receipt);
        Assert.Equal("""{"position":0,"at":"2026-03-05T01:30:00.000000Z","kind":"question","actor":"agency/000000000000000000","detail":{"number":1}}""", Encoding.UTF8.GetString(receipt.Leaf.Span));
        Assert.Single(await ground.ReadSoundAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_thousand_callers_at_once_share_commits_and_each_gets_its_own_receipt(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => ground.Ledger.AppendAsync(LedgerGround.Entry(i), CancellationToken.None))));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), receipts.Select(receipt => receipt!.Position).Order());
        Assert.InRange(receipts.Select(receipt => receipt!.Checkpoint).Distinct().Count(), 1, 999);
        foreach (var receipt in receipts) ground.AssertHolds(receipt!);
        var entries = await ground.ReadSoundAsync();
        Assert.All(receipts, receipt => Assert.Equal(entries[(int)receipt!.Position].Leaf, receipt.Leaf.ToArray()));
        var numbers = entries.Select(entry => JsonDocument.Parse(entry.Leaf).RootElement.GetProperty("detail").GetProperty("number").GetInt32());
        Assert.Equal(Enumerable.Range(0, 1000), numbers.Order());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Receipts_and_consistency_proofs_can_be_had_later_for_every_size(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        // Across two full tiles, in groups of different lengths and with a restart between.
        var sizes = new List<long>();
        foreach (var count in (int[])[1, 2, 60, 193, 1, 200, 55, 100])
        {
            await ground.AppendAsync(count);
            sizes.Add((await ground.Log.HeadAsync(CancellationToken.None)).Size);
            if (count == 193) await ground.RestartAsync();
        }

        var entries = await ground.ReadSoundAsync();
        var leaves = entries.Select(entry => entry.Leaf).ToArray();
        foreach (var size in sizes)
        {
            var root = await ground.Log.RootAsync(size, CancellationToken.None);
            Assert.Equal(SlowOf(leaves, size), root);
            foreach (var position in new[] { 0, size / 3, size - 1 }.Distinct())
            {
                var receipt = (await ground.Ledger.ReceiptAsync(position, size, CancellationToken.None))!;
                ground.AssertHolds(receipt);
                Assert.Contains($"\n{size}\n{root}\n", receipt.Checkpoint, StringComparison.Ordinal);
            }

            foreach (var from in sizes.Where(from => from <= size))
            {
                var proof = await ground.Log.ConsistencyAsync(from, size, CancellationToken.None);
                Assert.True(TreeProofs.VerifyConsistency(from, SlowOf(leaves, from), size, root, proof));
            }
        }

        Assert.Null(await ground.Ledger.ReceiptAsync(612, null, CancellationToken.None));
        Assert.Null(await ground.Ledger.ReceiptAsync(0, 613, CancellationToken.None));
        Assert.Null(await ground.Ledger.ReceiptAsync(-1, null, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_receipt_made_again_is_the_same_byte_for_byte(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        var first = (await ground.AppendAsync(1))[0];
        await ground.AppendAsync(300);
        var again = (await ground.Ledger.ReceiptAsync(0, 1, CancellationToken.None))!;
        Assert.Equal((first.Checkpoint, first.At), (again.Checkpoint, again.At));
        Assert.Equal(first.Leaf.ToArray(), again.Leaf.ToArray());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_clock_that_jumps_back_cannot_date_an_entry_back_and_is_recorded_once(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await ground.AppendAsync(1);
        ground.Clock.Now -= TimeSpan.FromHours(3);
        await ground.AppendAsync(2);
        await ground.RestartAsync();
        await ground.AppendAsync(1);
        ground.Clock.Now += TimeSpan.FromHours(4);
        await ground.AppendAsync(1);
        var entries = await ground.ReadSoundAsync();
        Assert.Equal(entries.Select(entry => entry.At).Order(), entries.Select(entry => entry.At));
        var notice = """"kind":"administration","actor":"ledger","detail":{"act":"clock-behind","clock":"2026-03-04T22:30:00.000000Z"}}"""";
        // Once for each writer that sees it.
        Assert.Equal(2, entries.Count(entry => Encoding.UTF8.GetString(entry.Leaf).EndsWith(notice, StringComparison.Ordinal)));
        Assert.Equal(7, entries.Count);
        Assert.Equal(TestClock.Morning.AddHours(1), entries[^1].At);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_accepted_before_the_end_is_still_written(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        var waiting = Enumerable.Range(0, 500).Select(i => ground.Ledger.AppendAsync(LedgerGround.Entry(i), CancellationToken.None)).ToList();
        await ground.Ledger.DisposeAsync();
        var receipts = await Task.WhenAll(waiting);
        Assert.Equal(500, receipts.Count(receipt => receipt is not null));
        Assert.Equal(500, (await ground.ReadSoundAsync()).Count);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ground.Ledger.AppendAsync(LedgerGround.Entry(1), CancellationToken.None));
    }

    [Theory]
    [InlineData("question", "a", "[]")]
    [InlineData("question", "a", "{")]
    [InlineData("question", "a", "{}{}")]
    [InlineData("question", "a", "")]
    [InlineData("question", "a", "{\"a\":\"\n\"}")]
    [InlineData("question", "a", "{\n}")]
    [InlineData("question", "a", "{\"a\":\"\\ud800\"}")]
    [InlineData("Question", "a", "{}")]
    [InlineData("", "a", "{}")]
    [InlineData("question", "", "{}")]
    [InlineData("question", "a\nb", "{}")]
    public async Task An_entry_that_is_not_one_line_of_JSON_is_the_callers_mistake(string kind, string actor, string detail)
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await Assert.ThrowsAsync<ArgumentException>(() => ground.Ledger.AppendAsync(new NewEntry(kind, actor, Encoding.UTF8.GetBytes(detail)), CancellationToken.None));
        Assert.Equal(0, (await ground.Log.HeadAsync(CancellationToken.None)).Size);
    }

    [Fact]
    public async Task The_longest_detail_and_payload_fit_and_longer_ones_are_the_callers_mistake()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        var longest = new NewEntry("decision", new string('长', 200), Encoding.UTF8.GetBytes($"{{\"d\":\"{new string('a', (32 << 10) - 8)}\"}}")) { Payload = new byte[64 << 10] };
        ground.AssertHolds((await ground.Ledger.AppendAsync(longest, CancellationToken.None))!);
        await Assert.ThrowsAsync<ArgumentException>(() => ground.Ledger.AppendAsync(longest with { Payload = new byte[(64 << 10) + 1] }, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => ground.Ledger.AppendAsync(longest with { Detail = Encoding.UTF8.GetBytes($"{{\"d\":\"{new string('a', (32 << 10) - 7)}\"}}") }, CancellationToken.None));
    }

    [Fact]
    public async Task A_caller_who_has_gone_before_its_turn_is_not_logged()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ground.Ledger.AppendAsync(LedgerGround.Entry(1), gone.Token));
        await ground.AppendAsync(1);
        Assert.Single(await ground.ReadSoundAsync());
    }

    [Fact]
    public async Task The_checkpoint_is_a_signed_note_of_three_lines()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await ground.AppendAsync(3);
        var head = await ground.Log.HeadAsync(CancellationToken.None);
        Assert.Equal($"liuzhuan.example/ledger\n{head.Size.ToString(CultureInfo.InvariantCulture)}\n{head.Root}\n\n— liuzhuan.example/ledger ", head.Note[..head.Note.IndexOf("ledger ", StringComparison.Ordinal)] + "ledger ");
        Assert.True(SignedNote.Parse(head.Note).Ok(out var note, out _) && note.Check(ground.NoteKey) is null);
    }

    private static TreeHash SlowOf(byte[][] leaves, long size) => TreeHash.Read(Merkle.SlowTree.Root(leaves[..(int)size]));
}
