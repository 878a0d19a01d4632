using System.Text;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Ledger.Tiles;

/// <summary>How far an export has come.</summary>
/// <param name="Before">Entries that were there already.</param>
/// <param name="Size">Entries now.</param>
/// <param name="Files">Files written.</param>
internal sealed record ExportReport(long Before, long Size, int Files);

/// <summary>
/// Lays the log out in a directory as C2SP tlog-tiles says, for any web server or a disk in a safe. A later export adds what is new. The checkpoint is
/// written last, so that it never promises what is not there.
/// </summary>
internal sealed class LogExport(LedgerLog log, NoteKey key, string directory)
{
    private const string CheckpointName = "checkpoint", LockName = ".export.lock";

    private static readonly Refusal Empty = new("ledger.empty", "账本还没有条目，没有可导出的内容。", "The ledger has no entries yet; there is nothing to export.");

    private readonly HashSet<string> _directories = [];
    private int _files;

    public async Task<Result<ExportReport>> RunAsync(CancellationToken stop)
    {
        var head = await log.HeadAsync(stop);
        if (head.Size == 0) return Empty;
        if (!Checkpoint.Open(head.Note, key).Ok(out _, out var unsigned)) return unsigned;
        Directory.CreateDirectory(directory);
        try
        {
            await using var held = new FileStream(Path.Combine(directory, LockName), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            if (!(await BeforeAsync(head, stop)).Ok(out var before, out var refusal)) return refusal;
            for (var level = TilePath.Entries; level == TilePath.Entries || head.Size >> (TilePath.Height * level) > 0; level++) await WriteLevelAsync(level, before.Value, head.Size, stop);
            foreach (var written in _directories) DurableFile.FlushDirectory(written);
            await WriteAsync(CheckpointName, Encoding.UTF8.GetBytes(head.Note), stop);
            DurableFile.FlushDirectory(directory);
            for (var level = TilePath.Entries; level == TilePath.Entries || before.Value >> (TilePath.Height * level) > 0; level++) RemovePartial(level, before.Value, head.Size);
            return new ExportReport(before.Value, head.Size, _files);
        }
        catch (IOException fault) when (fault is not (FileNotFoundException or DirectoryNotFoundException) && File.Exists(Path.Combine(directory, LockName)))
        {
            return new Refusal("ledger.export-busy", $"目录 {directory} 无法写入，或正被另一次导出使用：请等它结束后重试。（{fault.Message}）", $"The directory {directory} cannot be written, or another export is at work in it: try again when it has ended. ({fault.Message})");
        }
    }

    // What is there must be the beginning of this very log.
    private async Task<Result<Before>> BeforeAsync(LedgerHead head, CancellationToken stop)
    {
        var file = Path.Combine(directory, CheckpointName);
        if (!File.Exists(file)) return new Before(0);
        if (!Checkpoint.Open(await File.ReadAllTextAsync(file, stop), key).Ok(out var there, out var refusal)) return refusal;
        return there.Size <= head.Size && await log.RootAsync(there.Size, stop) == there.Root
            ? new Before(there.Size)
            : new Refusal("ledger.export-foreign",
                $"目录 {directory} 中的账本有 {there.Size} 条，不是现在这个账本的开头：账本被改动过，或目录属于别的账本。请保留该目录作为证据，用 ledger check --earlier 核对，并另选目录导出。",
                $"The log in {directory} has {there.Size} entries and is not the beginning of this one: the ledger was changed, or the directory belongs to another. Keep it as evidence, check with ledger check --earlier, and export into another directory.");
    }

    private async Task WriteLevelAsync(int level, long before, long size, CancellationToken stop)
    {
        for (var number = TilePath.FullTiles(level, before); number < TilePath.FullTiles(level, size); number++) await WriteAsync(new TilePath(level, number, TilePath.Full), stop);
        if (TilePath.Growing(level, size) is { } growing) await WriteAsync(growing, stop);
    }

    private async Task WriteAsync(TilePath path, CancellationToken stop) =>
        await WriteAsync(path.ToString(), await log.TileAsync(path, stop) ?? throw new LedgerBrokenException($"The ledger's database lacks {path}. Run liuzhuan ledger check."), stop);

    private async Task WriteAsync(string name, byte[] content, CancellationToken stop)
    {
        var file = Path.Combine(directory, name);
        var parent = Path.GetDirectoryName(file)!;
        if (_directories.Add(parent)) Directory.CreateDirectory(parent);
        var temporary = file + ".tmp";
        await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            await stream.WriteAsync(content, stop);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, file, overwrite: true);
        _files++;
    }

    // A full tile stands for every partial one of its number.
    private void RemovePartial(int level, long before, long size)
    {
        if (TilePath.Growing(level, before) is not { } partial || TilePath.FullTiles(level, size) <= partial.Number) return;
        var folder = Path.GetDirectoryName(Path.Combine(directory, partial.ToString()))!;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private readonly record struct Before(long Value);
}
