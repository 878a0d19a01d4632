using System.Reflection;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Files;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>Writes a backup: the whole database as of one instant, and the keys when there is a passphrase for them, in one file that appears whole or not at all.</summary>
internal static class WriteBackup
{
    private static readonly string[] DatabaseEndings = ["", "-wal", "-shm"];

    private static string ProgramVersion => typeof(WriteBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <param name="keysFolder">The folder of the keys.</param>
    /// <param name="passphrase">Seals the keys; null leaves them out.</param>
    public static async Task<Result<BackupContents>> RunAsync(DataStore store, string path, string keysFolder, string? passphrase, TimeProvider clock, IProgress<CopyProgress>? progress, CancellationToken stop)
    {
        if (store.FilePath is { } database && DatabaseEndings.Any(ending => FileIdentity.Same(database + ending, path))) return BackupRefusals.OverDatabase(path);
        await using var snapshot = await DatabaseSnapshot.OpenAsync(store, stop);
        byte[]? keys = null;
        // Read after the instant of the snapshot: a key that signed something in it is there.
        if (passphrase is not null && !SealedFolder.Pack(keysFolder).Ok(out keys, out var refusal)) return refusal;
        using var file = ReplacedFile.Create(path);
        // It holds what people entrusted to us.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.Stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var buffered = new BufferedStream(file.Stream, 1 << 16);
        using var writer = new BackupWriter(buffered);
        var header = new BackupHeader(BackupFormat.Version, ProgramVersion, store.Dialect.Name, clock.GetUtcNow(), snapshot.Steps, keys is not null);
        var checksum = writer.Write(FrameKind.Header, header, BackupJson.Default.BackupHeader);
        var (sums, rows) = (new List<TableSum>(), 0L);
        foreach (var table in snapshot.Tables)
        {
            writer.Write(FrameKind.Table, table, BackupJson.Default.TableShape);
            using var sum = new TableSumming(table);
            await foreach (var block in snapshot.ReadAsync(table, stop))
            {
                writer.Write(FrameKind.Rows, block.Counted.Span);
                sum.Add(block.Bytes.Span, block.Rows);
                rows += block.Rows;
                progress?.Report(new("copying", sums.Count / (double)snapshot.Tables.Count, rows));
            }

            sums.Add(sum.Sum());
            writer.Write(FrameKind.TableEnd, sums[^1], BackupJson.Default.TableSum);
        }

        if (keys is not null) writer.Write(FrameKind.Keys, SealedFolder.Seal(keys, passphrase!, checksum));
        var digest = writer.Finish();
        buffered.Flush();
        var bytes = file.Stream.Length;
        stop.ThrowIfCancellationRequested();
        file.Place();
        DurableFile.FlushDirectory(Path.GetDirectoryName(FileIdentity.Real(path))!);
        return new BackupContents(header, sums, digest, bytes);
    }
}
