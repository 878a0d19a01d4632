using System.Diagnostics;
using System.Text;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Builds a snapshot file from a CSV of records, in two parallel passes: the first reads the file, learns every field's values and drafts the records,
/// the second encodes the drafts.
/// The bytes written depend only on the input, the schema and the as-of, not on threads.
/// </summary>
public static class SnapshotBuilder
{
    /// <exception cref="RegisterException">input_unreadable, input_encoding, input_columns (a key or required column is missing, or one stands twice), input_rejected (more than the allowed share of rows rejected).</exception>
    public static BuildReport Build(BuildRequest request, IProgress<BuildProgress>? progress, CancellationToken stop) => Build(request, null, progress, stop);

    /// <param name="mergedFrom">The register this is merged from, whose lock the caller holds; null where the input is the whole truth and replaces register and changes.</param>
    internal static BuildReport Build(BuildRequest request, byte[]? mergedFrom, IProgress<BuildProgress>? progress, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var schema = request.Schema;
        using var input = RegisterCsv.Open(request.Input);
        var columns = BuildColumns.Find(schema, input.Header, request.Input, out var unknown, out var missing);
        var keys = new KeyReader(schema, request.AsOf);
        var threads = request.Threads > 0 ? request.Threads : Environment.ProcessorCount;

        using var slabs = new Slabs();
        var scan = Scan(input, schema, columns, keys, slabs, threads, progress, stop, out var lineCounts);
        WriteRejects(request.Output + ".rejects.csv", input.Header, scan.Rejected, lineCounts);
        var rows = scan.Taken + scan.Rejected.Count;
        if (rows == 0)
            throw new RegisterException("input_empty", $"{request.Input} has a header and no rows. Check that it is the right file. Nothing was changed.") { Detail = request.Input };
        if (scan.Rejected.Count > rows * request.MaxRejectedShare)
            throw new RegisterException("input_rejected", $"{request.Input}: {scan.Rejected.Count} of {rows} rows cannot be used, more than {request.MaxRejectedShare:P0}. Each is listed with its reason in {request.Output}.rejects.csv; mend them and build again. Nothing was changed.") { Detail = $"{scan.Rejected.Count} / {rows}" };

        var plan = new BuildPlan(schema, scan.Taken, scan.Fields, scan.KeyTexts, scan.Highs, scan.Taken == 0 ? 0 : scan.LowMin, scan.LowMax);
        var records = new RecordStore(plan.ColdStride, threads, slabs);
        var side = Encode(scan.Drafted, plan, records, slabs, threads, progress, stop);
        var temporary = $"{request.Output}.{Guid.CreateVersion7():N}.tmp";
        try
        {
            var table = new TableBuild(schema, keys, plan, records, side, threads, stop);
            using (var writer = new SnapshotWriter(temporary))
            {
                DurableFile.RemoveLeftovers(request.Output, temporary);
                progress?.Report(new BuildProgress("writing", 0));
                var header = new SnapshotHeader { AsOf = request.AsOf, SchemaDigest = schema.Digest, MergedFrom = mergedFrom ?? new byte[32] };
                WriteSections(writer, header, schema, plan, table, threads, progress, stop);
                header.Records = records.Count;
                var digest = writer.Finish(header);
                stop.ThrowIfCancellationRequested();
                if (mergedFrom is null) RegisterChanges.Replace(temporary, request.Output, digest, stop);
                else DurableFile.Replace(temporary, request.Output);
                progress?.Report(new BuildProgress("writing", 1));
                return new BuildReport(rows, records.Count, scan.Rejected.Count, unknown, missing, header.FileLength, digest, Stopwatch.GetElapsedTime(started))
                {
                    UnreadableValues = scan.Fields.Sum(field => field.Unreadable),
                };
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void WriteSections(SnapshotWriter writer, SnapshotHeader header, RegisterSchema schema, BuildPlan plan, TableBuild table, int threads, IProgress<BuildProgress>? progress, CancellationToken stop)
    {
        header[Section.Schema] = writer.Write(Encoding.UTF8.GetBytes(schema.CanonicalText));
        header[Section.Keys] = writer.Write(plan.Keys?.ToBytes() ?? []);
        header[Section.Layout] = writer.Write(plan.Layout.ToBytes());
        header[Section.Characters] = writer.Write(plan.Names.ToBytes());
        header[Section.Dictionaries] = writer.Write(plan.DictionariesToBytes());
        var (offsets, text) = plan.HeapToBytes();
        header[Section.HeapOffsets] = writer.Write(offsets);
        header[Section.HeapText] = writer.Write(text);
        table.Write(writer, header, threads, progress, stop);
    }

    private static ScanResult Scan(RegisterCsv input, RegisterSchema schema, BuildColumns columns, KeyReader keys, Slabs slabs, int threads, IProgress<BuildProgress>? progress, CancellationToken stop, out int[] lineCounts)
    {
        var isText = new bool[schema.Fields.Count];
        while (true)
        {
            var counts = new int[input.ChunkCount];
            var next = -1;
            var done = 0;
            var workers = new ScanRows[threads];
            Parallel(threads, thread =>
            {
                var scratch = new RegisterCsv.Scratch();
                FieldCollector[] fields = [.. schema.Fields.Select((field, i) => new FieldCollector(FieldComparers.Get(field.Comparer)) { CollectTexts = isText[i] })];
                var rows = workers[thread] = new ScanRows(schema, columns, keys, input.Header.Length, fields, keys.IsWide ? new FieldCollector(FieldComparers.Get("none")) { CollectTexts = true } : null, slabs);
                while (Interlocked.Increment(ref next) is var chunk && chunk < counts.Length)
                {
                    stop.ThrowIfCancellationRequested();
                    rows.Chunk = chunk;
                    counts[chunk] = input.Read(chunk, scratch, ref rows);
                    progress?.Report(new BuildProgress("reading", Interlocked.Increment(ref done) / (double)counts.Length));
                    // A field that looked like numbers and is none has to be learned again as text: sooner rather than later.
                    if (fields.Any(field => field.MustTryAgain)) Interlocked.Exchange(ref next, counts.Length);
                }

                rows.Draft.Close();
            });

            var again = false;
            for (var i = 0; i < schema.Fields.Count; i++)
            {
                var mustTryAgain = workers.Any(w => w.Fields[i].MustTryAgain) || workers.Select(w => w.Fields[i].Digits).Where(d => d > 0).Distinct().Count() > 1;
                if (mustTryAgain) isText[i] = again = true;
            }

            if (!again)
            {
                lineCounts = counts;
                return ScanResult.Merge(workers);
            }

            foreach (var slab in workers.SelectMany(w => w.Draft.Filled)) slabs.Return(slab);
        }
    }

    // Turns the drafts into records, and gives their memory to them slab by slab; gives back the records that one entry cannot say.
    private static SideRecords Encode(IReadOnlyList<ScanRows> drafted, BuildPlan plan, RecordStore records, Slabs slabs, int threads, IProgress<BuildProgress>? progress, CancellationToken stop)
    {
        var translations = new DraftTranslation[drafted.Count];
        Parallel(drafted.Count, thread => translations[thread] = new DraftTranslation(plan, drafted[thread]));
        (Draft.Slab Slab, DraftTranslation Translation)[] work = [.. drafted.SelectMany((rows, thread) => rows.Draft.Filled.Select(slab => (slab, translations[thread])))];
        var side = new SideRecords();
        var next = -1;
        var done = 0;
        Parallel(threads, thread =>
        {
            if (thread == 0) side = SideRecords.Join(drafted.Select(rows => rows.Side), plan.Keys);
            var rows = new EncodeRows(plan, records.WriterOf(thread));
            while (Interlocked.Increment(ref next) is var at && at < work.Length)
            {
                stop.ThrowIfCancellationRequested();
                rows.Take(work[at].Slab, work[at].Translation);
                slabs.Return(work[at].Slab);
                progress?.Report(new BuildProgress("encoding", Interlocked.Increment(ref done) / (double)work.Length));
            }
        });
        records.Close();
        return side;
    }

    internal static void Parallel(int threads, Action<int> work)
    {
        if (threads == 1)
        {
            work(0);
            return;
        }

        var tasks = new Task[threads];
        for (var i = 0; i < threads; i++)
        {
            var thread = i;
            tasks[i] = Task.Factory.StartNew(() => work(thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        try
        {
            Task.WaitAll(tasks);
        }
        catch (AggregateException faults)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }
    }

    private static void WriteRejects(string path, string[] header, List<RejectedRow> rejected, int[] lineCounts)
    {
        if (rejected.Count == 0)
        {
            File.Delete(path);
            return;
        }

        var firstLine = new long[lineCounts.Length];
        long line = 2;
        for (var i = 0; i < lineCounts.Length; i++)
        {
            firstLine[i] = line;
            line += lineCounts[i];
        }

        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)) { NewLine = "\n" };
        writer.WriteLine("line,reason," + string.Join(',', header));
        foreach (var row in rejected)
        {
            writer.Write($"{firstLine[row.Chunk] + row.Line},{row.Reason},");
            writer.WriteLine(Encoding.UTF8.GetString(row.Text));
        }
    }

    private sealed record ScanResult(FieldCollector[] Fields, FieldCollector? KeyTexts, List<RejectedRow> Rejected, IReadOnlyList<uint> Highs, ulong LowMin, ulong LowMax, long Taken, IReadOnlyList<ScanRows> Drafted)
    {
        public static ScanResult Merge(ScanRows[] workers)
        {
            var first = workers[0];
            var rejected = new List<RejectedRow>(first.Rejected);
            foreach (var other in workers.Skip(1))
            {
                for (var i = 0; i < first.Fields.Length; i++) other.Fields[i].MergeInto(first.Fields[i]);
                if (first.KeyTexts is not null) other.KeyTexts!.MergeInto(first.KeyTexts);
                rejected.AddRange(other.Rejected);
            }

            rejected.Sort((a, b) => (a.Chunk, a.Line).CompareTo((b.Chunk, b.Line)));
            return new ScanResult(first.Fields, first.KeyTexts, rejected, HighParts.Join([.. workers.Select(w => w.Highs)]), workers.Min(w => w.LowMin), workers.Max(w => w.LowMax), workers.Sum(w => w.Taken), workers);
        }
    }
}

/// <param name="Schema">What the columns mean.</param>
/// <param name="Input">CSV in UTF-8 with a header line that has the schema's column names, in any order.</param>
/// <param name="Output">Snapshot file to write; rejected rows go to <c>Output + ".rejects.csv"</c>.</param>
/// <param name="AsOf">The instant the data was true.</param>
/// <param name="MaxRejectedShare">More than this share of rejected rows refuses the whole input (0.05 = 5 %).</param>
/// <param name="Threads">Degree of parallelism; the bytes written do not depend on it.</param>
public sealed record BuildRequest(RegisterSchema Schema, string Input, string Output, DateTimeOffset AsOf, double MaxRejectedShare = 0.05, int Threads = 0);

/// <param name="Rows">Data rows read.</param>
/// <param name="Records">Records in the snapshot.</param>
/// <param name="Rejected">Rows not taken, each written to the rejects file with its reason.</param>
/// <param name="UnknownColumns">Input columns that the schema does not know.</param>
/// <param name="MissingColumns">Optional schema columns that the input lacks.</param>
/// <param name="Bytes">Size of the snapshot file.</param>
/// <param name="Digest">The register digest, lower-case hex.</param>
public sealed record BuildReport(long Rows, long Records, long Rejected, IReadOnlyList<string> UnknownColumns, IReadOnlyList<string> MissingColumns, long Bytes, string Digest, TimeSpan Elapsed)
{
    /// <summary>Cells of accepted rows that could not be read and are kept as empty; such a record answers "incomplete", never "inconsistent".</summary>
    public long UnreadableValues { get; init; }
}

/// <param name="Stage">reading | encoding | writing.</param>
/// <param name="Share">0 to 1.</param>
public readonly record struct BuildProgress(string Stage, double Share);
