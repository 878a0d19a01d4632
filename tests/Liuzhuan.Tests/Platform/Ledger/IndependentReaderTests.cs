using System.Diagnostics;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Tiles;

namespace Liuzhuan.Tests.Platform.Ledger;

/// <summary>A reader of somebody else, written from the specifications in another language, must come to the same result.</summary>
public class IndependentReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(700)]
    public async Task A_reader_written_from_the_specifications_finds_the_export_and_a_receipt_sound(int entries)
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await ground.AppendAsync(entries);
        var (directory, receipt) = await ExportAsync(ground, entries / 2);
        Assert.Equal((0, $"sound {entries}\n"), await ReadAsync(ground, directory, receipt));
    }

    [Fact]
    public async Task A_second_export_adds_what_is_new_and_stays_sound()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        foreach (var count in (int[])[3, 252, 1, 400, 256])
        {
            await ground.AppendAsync(count);
            var (directory, receipt) = await ExportAsync(ground, 2);
            var size = (await ground.Log.HeadAsync(CancellationToken.None)).Size;
            Assert.Equal((0, $"sound {size}\n"), await ReadAsync(ground, directory, receipt));
        }

        // A finished tile takes the place of its partial ones.
        Assert.False(Directory.Exists(Path.Combine(ground.Folder, "export/tile/0/000.p")));
        Assert.True((await new LogExport(ground.Log, ground.NoteKey, Path.Combine(ground.Folder, "export")).RunAsync(CancellationToken.None)).Ok(out var report, out _));
        Assert.Equal(912, report.Before);
    }

    [Fact]
    public async Task A_changed_entry_a_foreign_key_and_a_changed_receipt_are_noticed_there_too()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await ground.AppendAsync(300);
        var (directory, receipt) = await ExportAsync(ground, 5);
        var text = File.ReadAllText(receipt);
        File.WriteAllText(receipt, text.Replace("\"position\": 5", "\"position\": 4", StringComparison.Ordinal));
        Assert.NotEqual(0, (await ReadAsync(ground, directory, receipt)).Code);
        File.WriteAllText(receipt, text);
        var bundle = Path.Combine(directory, "tile/entries/000");
        var bytes = File.ReadAllBytes(bundle);
        bytes[4000] ^= 1;
        File.WriteAllBytes(bundle, bytes);
        Assert.NotEqual(0, (await ReadAsync(ground, directory, receipt)).Code);
    }

    [Fact]
    public async Task An_export_of_another_log_is_left_alone()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await ground.AppendAsync(5);
        var (directory, _) = await ExportAsync(ground, 0);
        await using var other = await LedgerGround.CreateAsync("sqlite");
        await other.AppendAsync(1);
        await other.AppendAsync(9);
        other.Clock.Now += TimeSpan.FromDays(1);
        var before = File.ReadAllText(Path.Combine(directory, "checkpoint"));
        await using (var third = await LedgerGround.CreateAsync("sqlite"))
        {
            third.Clock.Now += TimeSpan.FromDays(1);
            await third.AppendAsync(20);
            Assert.False((await new LogExport(third.Log, third.NoteKey, directory).RunAsync(CancellationToken.None)).Ok(out _, out var refusal));
            Assert.Equal("ledger.export-foreign", refusal.Code);
        }

        Assert.Equal(before, File.ReadAllText(Path.Combine(directory, "checkpoint")));
    }

    private static async Task<(string Directory, string Receipt)> ExportAsync(LedgerGround ground, long position)
    {
        var (directory, receipt) = (Path.Combine(ground.Folder, "export"), Path.Combine(ground.Folder, "receipt.json"));
        Assert.True((await new LogExport(ground.Log, ground.NoteKey, directory).RunAsync(CancellationToken.None)).Ok(out _, out var refusal), refusal?.English);
        var made = (await ground.Ledger.ReceiptAsync(position, null, CancellationToken.None))!;
        File.WriteAllBytes(receipt, ReceiptFile.Write(made, ground.NoteKey.Name));
        Assert.True(ReceiptFile.Check(File.ReadAllBytes(receipt), ground.NoteKey).Ok(out var read, out refusal), refusal?.English);
        Assert.Equal(made.At, read.At);
        return (directory, receipt);
    }

    private static async Task<(int Code, string Output)> ReadAsync(LedgerGround ground, string directory, string receipt)
    {
        var script = Path.Combine(Repository.Root, "tests/Liuzhuan.Tests/Platform/Ledger/verify-log.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, directory, ground.NoteKey.ToString(), receipt]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        await errors;
        return (node.ExitCode, output);
    }
}
