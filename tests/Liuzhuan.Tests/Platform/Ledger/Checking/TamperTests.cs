using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Checking;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Ledger.Tiles;

namespace Liuzhuan.Tests.Platform.Ledger.Checking;

/// <summary>Whatever somebody does to a log in the database or in an exported directory is named by position and kind.</summary>
public class TamperTests
{
    private const int Entries = 700;

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_log_nobody_touched_is_sound_in_the_database_and_exported(string provider)
    {
        await using var ground = await FilledAsync(provider);
        Assert.Equal([], await CheckDatabaseAsync(ground));
        Assert.Equal([], await CheckDirectoryAsync(ground, _ => { }));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_changed_entry_is_named(string provider)
    {
        await using var ground = await FilledAsync(provider);
        var leaf = await LeafAsync(ground, 300, text => text.Replace("\"number\":", "\"nummer\":", StringComparison.Ordinal));
        await RunAsync(ground, "update ledger_entries set leaf = @leaf where position = 300", ("leaf", leaf));
        Assert.Equal(["Changed 300"], await CheckDatabaseAsync(ground));
        // With its hash changed too it still does not fit the tile.
        await RunAsync(ground, "update ledger_entries set leaf_hash = @hash where position = 300", ("hash", TreeHash.OfLeaf(leaf).ToArray()));
        Assert.Equal(["Changed 300"], await CheckDatabaseAsync(ground));
        Assert.Equal(["Changed 300"], await CheckDirectoryAsync(ground, _ => { }));
    }

    [Fact]
    public async Task An_entry_replaced_with_all_hashes_up_to_a_level_is_named_as_one_of_its_tile()
    {
        await using var ground = await FilledAsync("sqlite");
        await ReplaceAsync(ground, 300, isRootToo: false);
        Assert.Equal(["Tile 256-511", "Changed 256-511"], (await CheckDatabaseAsync(ground)).Order(StringComparer.Ordinal).Reverse());
        await ReplaceAsync(ground, 300, isRootToo: true);
        Assert.Equal(["Replaced 0-699"], await CheckDatabaseAsync(ground));
    }

    [Fact]
    public async Task An_earlier_checkpoint_tells_that_entries_below_it_were_replaced()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await ground.AppendAsync(400);
        var early = (await ground.Log.HeadAsync(CancellationToken.None)).Note;
        await ground.AppendAsync(300);
        await ground.Ledger.DisposeAsync();
        await ReplaceAsync(ground, 300, isRootToo: true);
        // The one who did it signs the new root too: only somebody else's memory can tell.
        var root = await SlowRootAsync(ground);
        var forged = SignedNote.Sign(new Checkpoint(ground.NoteKey.Name, 700, root).Text, ground.NoteKey, LedgerGround.Key);
        await RunAsync(ground, "update ledger_head set root = @root, note = @note", ("root", root.ToArray()), ("note", forged));
        Assert.Equal([], await CheckDatabaseAsync(ground));
        Assert.Equal(["Replaced 0-399"], await CheckDatabaseAsync(ground, early));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_dropped_entry_is_named(string provider)
    {
        await using var ground = await FilledAsync(provider);
        await RunAsync(ground, "delete from ledger_entries where position = 5");
        await RunAsync(ground, "delete from ledger_entries where position = 699");
        Assert.Equal(["Dropped 5", "Dropped 699"], await CheckDatabaseAsync(ground));
    }

    [Fact]
    public async Task A_dropped_entry_is_named_alone_when_all_later_ones_were_moved_up()
    {
        await using var ground = await FilledAsync("sqlite");
        Assert.Equal(["Dropped 5"], await CheckDirectoryAsync(ground, directory => Rewrite(directory, leaves => leaves.RemoveAt(5))));
        await RunAsync(ground, "delete from ledger_entries where position = 5");
        for (var position = 6; position < Entries; position++) await RunAsync(ground, "update ledger_entries set position = @to where position = @from", ("to", position - 1), ("from", position));
        Assert.Equal(["Dropped 5"], (await CheckDatabaseAsync(ground)).Where(finding => !finding.StartsWith("Tile", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Entries_that_changed_places_are_named(string provider)
    {
        await using var ground = await FilledAsync(provider);
        await SwapAsync(ground, 10, 12, "leaf");
        Assert.Contains("Reordered 10", await CheckDatabaseAsync(ground));
        await SwapAsync(ground, 10, 12, "leaf_hash");
        await SwapAsync(ground, 600, 699, "leaf");
        await SwapAsync(ground, 600, 699, "leaf_hash");
        var found = await CheckDatabaseAsync(ground);
        Assert.All((int[])[10, 12, 600, 699], position => Assert.Contains($"Reordered {position}", found));
        Assert.DoesNotContain("Reordered 9", found);
        Assert.DoesNotContain("Reordered 13", found);
    }

    [Fact]
    public async Task Entries_that_changed_places_in_a_bundle_are_named()
    {
        await using var ground = await FilledAsync("sqlite");
        var found = await CheckDirectoryAsync(ground, directory => Rewrite(directory, leaves => (leaves[20], leaves[21]) = (leaves[21], leaves[20])));
        Assert.Equal(["Reordered 20", "Reordered 21"], found);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_back_dated_entry_is_named(string provider)
    {
        await using var ground = await FilledAsync(provider);
        var leaf = await LeafAsync(ground, 400, text => text.Replace("2026-03-05T01:30", "2026-03-01T01:30", StringComparison.Ordinal));
        await RunAsync(ground, "update ledger_entries set leaf = @leaf, leaf_hash = @hash, written_at = @at where position = 400", ("leaf", leaf), ("hash", TreeHash.OfLeaf(leaf).ToArray()), ("at", TestClock.Morning.AddDays(-4)));
        Assert.Equal(["BackDated 400"], await CheckDatabaseAsync(ground));
        Assert.Equal(["BackDated 400"], await CheckDirectoryAsync(ground, _ => { }));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_time_changed_beside_the_entry_is_named(string provider)
    {
        await using var ground = await FilledAsync(provider);
        await RunAsync(ground, "update ledger_entries set written_at = @at where position = 7", ("at", TestClock.Morning.AddMinutes(1)));
        Assert.Equal(["BackDated 7"], await CheckDatabaseAsync(ground));
    }

    [Fact]
    public async Task An_entry_behind_the_head_is_named()
    {
        await using var ground = await FilledAsync("sqlite");
        await RunAsync(ground, "insert into ledger_entries (position, written_at, kind, leaf, leaf_hash) select 700, written_at, kind, leaf, leaf_hash from ledger_entries where position = 699");
        Assert.Equal(["Added 700"], await CheckDatabaseAsync(ground));
    }

    [Fact]
    public async Task A_copied_entry_in_place_of_another_is_named()
    {
        await using var ground = await FilledAsync("sqlite");
        await RunAsync(ground, "update ledger_entries set leaf = (select leaf from ledger_entries where position = 31) where position = 30");
        Assert.Equal(["Changed 30"], await CheckDatabaseAsync(ground));
    }

    [Fact]
    public async Task A_damaged_tile_over_sound_entries_is_named_as_such()
    {
        await using var ground = await FilledAsync("sqlite");
        var hashes = (await ground.Log.HashesAsync(new TilePath(0, 1, TilePath.Full), CancellationToken.None))!;
        hashes[40] ^= 1;
        await RunAsync(ground, "update ledger_tiles set hashes = @hashes where level = 0 and number = 1", ("hashes", hashes));
        var found = await CheckDatabaseAsync(ground);
        Assert.Equal(["Tile 256-511"], found.Distinct());
    }

    [Fact]
    public async Task A_changed_payload_is_named()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await ground.Ledger.AppendAsync(LedgerGround.Entry(1) with { Payload = "secret"u8.ToArray(), ErasePayloadAfter = TestClock.Morning.AddYears(1) }, CancellationToken.None);
        Assert.Equal([], await CheckDatabaseAsync(ground));
        await RunAsync(ground, "update ledger_payloads set content = @content", ("content", "Secret"u8.ToArray()));
        Assert.Equal(["Payload 0"], await CheckDatabaseAsync(ground));
    }

    [Fact]
    public async Task A_shortened_bundle_and_a_missing_one_are_named()
    {
        await using var ground = await FilledAsync("sqlite");
        var found = await CheckDirectoryAsync(ground, directory =>
        {
            var bundle = Path.Combine(directory, "tile/entries/002.p/188");
            File.WriteAllBytes(bundle, EntryBundle.Write([.. EntryBundle.Read(File.ReadAllBytes(bundle))!.Take(187).Select(leaf => leaf.ToArray())]));
        });
        Assert.Equal(["Dropped 699"], found);
        found = await CheckDirectoryAsync(ground, directory => File.Delete(Path.Combine(directory, "tile/entries/001")));
        Assert.Equal(100, found.Count);
        Assert.Equal("Dropped 256", found[0]);
    }

    [Fact]
    public async Task Any_flipped_byte_of_an_exported_log_is_noticed()
    {
        await using var ground = await FilledAsync("sqlite");
        var random = new Random(5);
        for (var round = 0; round < 60; round++)
        {
            var found = await CheckDirectoryAsync(ground, directory =>
            {
                var files = Directory.GetFiles(Path.Combine(directory, "tile"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
                var file = files[round % files.Length];
                var bytes = File.ReadAllBytes(file);
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, bytes);
            });
            Assert.NotEmpty(found);
        }
    }

    private static async Task<LedgerGround> FilledAsync(string provider)
    {
        var ground = await LedgerGround.CreateAsync(provider);
        await ground.AppendAsync(350);
        ground.Clock.Now += TimeSpan.FromSeconds(1);
        await ground.AppendAsync(350);
        return ground;
    }

    private static async Task<List<string>> CheckDatabaseAsync(LedgerGround ground, string? earlier = null) => await CheckAsync(ground, new DatabaseSource(ground.Store), earlier);

    private static async Task<List<string>> CheckDirectoryAsync(LedgerGround ground, Action<string> tamper)
    {
        var directory = Path.Combine(ground.Folder, "export-" + RandomNumberGenerator.GetHexString(8));
        Assert.True((await new LogExport(ground.Log, ground.NoteKey, directory).RunAsync(CancellationToken.None)).Ok(out _, out var refusal), refusal?.English);
        tamper(directory);
        return await CheckAsync(ground, new DirectorySource(directory), null);
    }

    private static async Task<List<string>> CheckAsync(LedgerGround ground, LogSource source, string? earlier)
    {
        var notes = new[] { await source.CheckpointAsync(CancellationToken.None), earlier }.OfType<string>();
        var references = notes.Select(note => Checkpoint.Open(note, ground.NoteKey).Ok(out var checkpoint, out var refusal) ? ("note", checkpoint) : throw new InvalidOperationException(refusal.English)).ToList();
        var report = await new LogCheck(source, references, ground.Clock).RunAsync(null, CancellationToken.None);
        Assert.Equal(references[0].checkpoint.Size, report.Entries);
        return [.. report.Findings.Select(finding => finding.First == finding.Last ? $"{finding.Damage} {finding.First}" : $"{finding.Damage} {finding.First}-{finding.Last}")];
    }

    // An export in which the entries were rewritten, with hashes as they were.
    private static void Rewrite(string directory, Action<List<byte[]>> change)
    {
        var bundles = new[] { "000", "001", "002.p/188" }.Select(name => Path.Combine(directory, "tile/entries", name)).ToArray();
        var leaves = bundles.SelectMany(bundle => EntryBundle.Read(File.ReadAllBytes(bundle))!.Select(leaf => leaf.ToArray())).ToList();
        change(leaves);
        for (var i = 0; i < bundles.Length; i++) File.WriteAllBytes(bundles[i], EntryBundle.Write([.. leaves.Skip(i * TilePath.Full).Take(TilePath.Full)]));
    }

    private static async Task ReplaceAsync(LedgerGround ground, long position, bool isRootToo)
    {
        var leaf = await LeafAsync(ground, position, text => text.Replace("\"number\":", "\"nummer\":", StringComparison.Ordinal));
        var hash = TreeHash.OfLeaf(leaf).ToArray();
        await RunAsync(ground, "update ledger_entries set leaf = @leaf, leaf_hash = @hash where position = @position", ("leaf", leaf), ("hash", hash), ("position", position));
        var tile = new TilePath(0, position / TilePath.Full, TilePath.Full);
        var hashes = (await ground.Log.HashesAsync(tile, CancellationToken.None))!;
        hash.CopyTo(hashes, (int)(position % TilePath.Full) * TreeHash.Size);
        await RunAsync(ground, "update ledger_tiles set hashes = @hashes where level = 0 and number = @number", ("hashes", hashes), ("number", tile.Number));
        if (!isRootToo) return;
        var root = TreeHash.OfAll(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, TreeHash>(hashes));
        await RunAsync(ground, "update ledger_tiles set root = @root where level = 0 and number = @number", ("root", root.ToArray()), ("number", tile.Number));
    }

    private static async Task<TreeHash> SlowRootAsync(LedgerGround ground)
    {
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        var leaves = await connection.ListAsync(null, "select leaf from ledger_entries order by position", row => row.GetFieldValue<byte[]>(0), CancellationToken.None);
        return TreeHash.Read(Merkle.SlowTree.Root([.. leaves]));
    }

    private static async Task<byte[]> LeafAsync(LedgerGround ground, long position, Func<string, string> change)
    {
        var leaf = Encoding.UTF8.GetString((await ground.Log.EntryAsync(position, CancellationToken.None))!.Leaf);
        var changed = change(leaf);
        return Encoding.UTF8.GetBytes(changed);
    }

    private static async Task SwapAsync(LedgerGround ground, long first, long second, string column)
    {
        var (one, other) = ((await ground.Log.EntryAsync(first, CancellationToken.None))!, (await ground.Log.EntryAsync(second, CancellationToken.None))!);
        await RunAsync(ground, $"update ledger_entries set {column} = @value where position = @position", ("value", column == "leaf" ? other.Leaf : other.LeafHash), ("position", first));
        await RunAsync(ground, $"update ledger_entries set {column} = @value where position = @position", ("value", column == "leaf" ? one.Leaf : one.LeafHash), ("position", second));
    }

    private static async Task RunAsync(LedgerGround ground, string sql, params (string Name, object? Value)[] values)
    {
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, sql, CancellationToken.None, values);
    }
}
