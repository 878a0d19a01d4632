using System.Buffers.Binary;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>Restores a backup into either kind of database. All of the file is checked before anything is touched, and what was restored is read back and compared.</summary>
internal static class RestoreBackup
{
    /// <summary>Reads and checks all of a backup without restoring it.</summary>
    /// <exception cref="DataRefusedException">It is no backup, damaged, cut off, or of a newer program.</exception>
    public static BackupContents Check(string path, IProgress<CopyProgress>? progress, CancellationToken stop)
    {
        using var reader = BackupReader.Open(path);
        return Read(reader, progress, stop).Contents;
    }

    /// <param name="keysFolder">Where the keys belong.</param>
    /// <param name="passphrase">Opens the keys; null restores the data only.</param>
    /// <param name="replace">True to put the backup in place of what is there.</param>
    public static async Task<Result<Restored>> RunAsync(string path, DataStore store, string keysFolder, string? passphrase, bool replace, TimeProvider clock, IProgress<CopyProgress>? progress, CancellationToken stop)
    {
        using var checking = BackupReader.Open(path);
        var (contents, sealedKeys) = Read(checking, progress, stop);
        byte[]? keys = null;
        if (passphrase is not null)
        {
            if (sealedKeys is null) return BackupRefusals.NoKeys();
            if (!SealedFolder.Open(sealedKeys, passphrase, checking.HeaderChecksum).Ok(out keys, out var closed)) return closed;
            if (!SealedFolder.Pack(keysFolder).Ok(out var there, out closed)) return closed;
            if (there.AsSpan().SequenceEqual(keys)) keys = null;
            else if (there.Length > 0 && !replace) return BackupRefusals.OtherKeys(keysFolder);
        }

        if (!(await DatabaseLoad.BeginAsync(store, contents.Header.Steps, replace, stop)).Ok(out var load, out var refusal)) return refusal;
        await using (load)
        {
            using var reader = BackupReader.Open(path);
            if (await LoadAsync(reader, load, progress, stop) is { } failed) return failed;
            string? kept = null;
            var compared = 0;
            var differs = await load.FinishAsync(contents.Tables, _ => progress?.Report(new("comparing", ++compared / (double)contents.Tables.Count, contents.Rows)),
                () => kept = keys is null ? null : SealedFolder.Place(keys, keysFolder, clock.GetUtcNow()), stop);
            return differs is not null ? differs : new Restored(contents, kept);
        }
    }

    private static async Task<Refusal?> LoadAsync(BackupReader reader, DatabaseLoad load, IProgress<CopyProgress>? progress, CancellationToken stop)
    {
        var rows = 0L;
        while (true)
        {
            var (kind, content) = reader.Next();
            if (kind == FrameKind.End) return null;
            if (kind != FrameKind.Table) continue;
            var table = reader.Json(content, BackupJson.Default.TableShape);
            reader.Place = BackupPlace.Table(table.Name);
            if (!(await load.WriteAsync(table, Blocks(), stop)).Ok(out _, out var refusal)) return refusal;
        }

        async IAsyncEnumerable<(ReadOnlyMemory<byte>, int)> Blocks()
        {
            await Task.CompletedTask;
            for (var (kind, content) = reader.Next(); kind == FrameKind.Rows; (kind, content) = reader.Next())
            {
                var count = BinaryPrimitives.ReadInt32BigEndian(content.Span);
                progress?.Report(new("copying", reader.Share, rows += count));
                yield return (content[RowBlock.CountBytes..], count);
            }
        }
    }

    private static (BackupContents Contents, byte[]? Keys) Read(BackupReader reader, IProgress<CopyProgress>? progress, CancellationToken stop)
    {
        byte[]? keys = null;
        var sums = new List<TableSum>();
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            reader.Place = BackupPlace.Next;
            var (kind, content) = reader.Next();
            switch (kind)
            {
                case FrameKind.Table:
                    sums.Add(Table(reader, reader.Json(content, BackupJson.Default.TableShape)));
                    progress?.Report(new("checking", reader.Share, sums.Sum(sum => sum.Rows)));
                    break;
                case FrameKind.Keys when keys is null:
                    keys = content.ToArray();
                    break;
                case FrameKind.End:
                    return (new BackupContents(reader.Header, sums, reader.Finish(content), reader.Length), keys);
                default:
                    throw reader.Damaged();
            }
        }
    }

    private static TableSum Table(BackupReader reader, TableShape table)
    {
        reader.Place = BackupPlace.Table(table.Name);
        using var sum = new TableSumming(table);
        while (true)
        {
            var (kind, content) = reader.Next();
            if (kind == FrameKind.Rows && content.Length >= RowBlock.CountBytes)
            {
                sum.Add(content.Span[RowBlock.CountBytes..], BinaryPrimitives.ReadInt32BigEndian(content.Span));
                continue;
            }

            if (kind != FrameKind.TableEnd) throw reader.Damaged();
            var said = reader.Json(content, BackupJson.Default.TableSum);
            return said == sum.Sum() ? said : throw reader.Damaged();
        }
    }
}

/// <summary>What was restored, and under which name keys that were there before are kept.</summary>
internal sealed record Restored(BackupContents Contents, string? OldKeys);
