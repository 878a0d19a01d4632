using System.Text;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Applies changes files to a register as a durable overlay beside the snapshot, and merges the overlay into a new snapshot.</summary>
public static class RegisterChanges
{
    private const string ExportEnding = ".csv.tmp";

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Adds the changes of a CSV (column <c>change</c>: upsert | cancel | replace, then register columns) to the overlay. Durable when it returns; a running service picks it up.
    /// A column that the file lacks keeps its value. The whole file becomes one frame: after a crash it is applied wholly or not at all.
    /// </summary>
    /// <exception cref="RegisterException">changes_columns, input_unreadable, input_encoding, input_columns (one stands twice), register_busy, or as for <see cref="Register.Open"/>.</exception>
    public static ApplyReport Apply(string register, string changes, Func<string, RegisterSchema?> findSchema, CancellationToken stop)
    {
        using var held = Lock(register, stop);
        var view = RegisterView.Open(register, findSchema);
        using var input = RegisterCsv.Open(changes);
        var edit = new ChangeSet(view, input.Header, changes);
        var scratch = new RegisterCsv.Scratch();
        for (var chunk = 0; chunk < input.ChunkCount; chunk++)
        {
            stop.ThrowIfCancellationRequested();
            edit.FinishChunk(input.Read(chunk, scratch, ref edit));
        }

        if (edit.Changed.Count > 0)
        {
            var written = new DateTimeOffset(File.GetLastWriteTimeUtc(changes), TimeSpan.Zero);
            Overlay.Append(view.Snapshot, edit.Changed, written > view.AsOf ? written : view.AsOf);
        }

        return new ApplyReport(edit.Applied, edit.Rejected);
    }

    /// <summary>Writes snapshot plus overlay into a new snapshot and swaps it in atomically. A crash leaves the old pair or the new file; a leftover overlay is recognised as merged.</summary>
    public static BuildReport Merge(string register, Func<string, RegisterSchema?> findSchema, IProgress<BuildProgress>? progress, CancellationToken stop)
    {
        using var held = Lock(register, stop);
        var view = RegisterView.Open(register, findSchema);
        view.Snapshot.VerifySections(stop, anew: true);
        var export = $"{register}.{Guid.CreateVersion7():N}{ExportEnding}";
        try
        {
            using (var file = new FileStream(export, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
            {
                DurableFile.RemoveLeftovers(register, export, ExportEnding);
                RegisterExport.Write(view, file, stop);
            }

            var request = new BuildRequest(view.Snapshot.Schema, export, register, view.AsOf, MaxRejectedShare: 0);
            var merged = view.Overlay.Count == 0 ? view.Snapshot.Header.MergedFrom : Overlay.Combined(Convert.FromHexString(view.Snapshot.Digest), view.Overlay.Hash);
            var report = SnapshotBuilder.Build(request, merged, progress, stop);
            File.Delete(register + OverlayFile.Suffix);
            DurableFile.FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(register))!);
            return report;
        }
        finally
        {
            File.Delete(export);
        }
    }

    /// <summary>Puts a register built from a whole input in the place of another and of its changes. A crash leaves the old pair or the new file.</summary>
    internal static void Replace(string temporary, string register, string digest, CancellationToken stop)
    {
        if (!File.Exists(register) && !File.Exists(register + OverlayFile.Suffix))
        {
            DurableFile.Replace(temporary, register);
            return;
        }

        using var held = Lock(register, stop);
        var hadChanges = OverlayFile.Supersede(register + OverlayFile.Suffix, digest);
        DurableFile.Replace(temporary, register);
        if (!hadChanges) return;
        File.Delete(register + OverlayFile.Suffix);
        DurableFile.FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(register))!);
    }

    // One writer at a time: a file that is held open exclusively, released by the system even after kill -9.
    private static FileStream Lock(string register, CancellationToken stop)
    {
        var waited = TimeSpan.Zero;
        var pause = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            try
            {
                return new FileStream(register + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException fault)
            {
                stop.ThrowIfCancellationRequested();
                if (waited >= LockPatience)
                    throw new RegisterException("register_busy", $"Another process has been changing {register} for {LockPatience.TotalSeconds:F0} seconds. Wait for it to end and try again.", fault);
                stop.WaitHandle.WaitOne(pause);
                waited += pause;
            }
        }
    }
}

/// <param name="Applied">Changes now in the overlay.</param>
/// <param name="Rejected">Changes that name no record or more than one, or cannot be read.</param>
public sealed record ApplyReport(long Applied, IReadOnlyList<RejectedChange> Rejected);

/// <param name="Line">Line in the changes file, from 1.</param>
/// <param name="Code">Stable reason code: not_utf8, malformed_line, number_*, status_unknown, change_unknown, record_missing, record_ambiguous, successor_missing, name_missing, successor_same.</param>
public sealed record RejectedChange(long Line, string Code);

/// <summary>Writes a register as CSV in its schema's columns.</summary>
public static class RegisterExport
{
    /// <summary>Writes every record of an open register.</summary>
    public static void Write(Register register, Stream output, CancellationToken stop) => Write(register.View, output, stop);

    internal static void Write(RegisterView view, Stream output, CancellationToken stop)
    {
        var schema = view.Snapshot.Schema;
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', schema.Keys.Select(key => key.Name).Concat(schema.Fields.Select(field => field.Name))));
        foreach (var (key, record) in view.All())
        {
            stop.ThrowIfCancellationRequested();
            var isFirst = true;
            foreach (var value in KeyReader.Columns(key).Concat(record.Values))
            {
                if (!isFirst) writer.Write(',');
                isFirst = false;
                if (value.AsSpan().ContainsAny(",\"")) writer.Write($"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
                else writer.Write(value);
            }

            writer.WriteLine();
        }
    }
}
