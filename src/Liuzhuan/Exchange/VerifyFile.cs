using System.Security.Cryptography;
using Liuzhuan.Exchange.Wording;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Values;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Files;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Exchange;

/// <summary>The main job: a file of people in, a verdict on every row out.</summary>
internal static class VerifyFile
{
    private const long LongInput = 2 << 20;

    /// <summary>Verifies one file. The result replaces an existing file only on success; a refusal leaves everything as it was.</summary>
    public static Result<VerifyReport> Run(VerifyRequest request, Register register, TimeProvider clock, Action<VerifyProgress>? progress, CancellationToken stop)
    {
        if (VerifyPaths.Check(request) is { } unfit) return unfit;
        // One file is answered from one instant of the register, and its report names that instant.
        register = register.Pin();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sections = request.DryRun ? Task.CompletedTask : Task.Run(() => Prepare(request, register, linked.Token), linked.Token);
        try
        {
            return Verify(request, register, clock, progress, sections, stop);
        }
        catch (RegisterException refused)
        {
            return EngineRefusals.From(refused);
        }
        catch (DelimitedException refused)
        {
            return EngineRefusals.From(refused);
        }
        catch (SpreadsheetRefusedException refused)
        {
            return refused.Refusal;
        }
        finally
        {
            linked.Cancel();
            Quietly(sections);
        }
    }

    private static Result<VerifyReport> Verify(VerifyRequest request, Register register, TimeProvider clock, Action<VerifyProgress>? progress, Task sections, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        if (!OpenInput(request).Ok(out var input, out var refusal)) return refusal;
        using var opened = input;
        if (!OpenOutputs(request).Ok(out var outputs, out refusal)) return refusal;
        using var files = outputs;

        var phrases = new AnswerPhrases(register.Schema, request.Language);
        using var problems = new ProblemList(phrases, request.Language, request.ProblemLimit, files.Problems?.Stream);
        var work = new VerifyWork(request, register, phrases, problems, progress, clock);
        VerifiedInput? done;
        try
        {
            var isSpreadsheet = request.InputPath is not null && VerifyPaths.FamilyOf(request.InputName) == FileFamily.Spreadsheet;
            var result = isSpreadsheet ? VerifySpreadsheet.Run(work, files.Result, stop) : VerifyText.Run(work, opened, files.Result, stop);
            if (!result.Ok(out done, out refusal)) return refusal;
            if (done.Counts.Rows == 0 && !request.DryRun) return NoRows(request.InputName);
        }
        catch (IOException fault)
        {
            return VerifyPaths.OutputFailed(request.OutputPath ?? "-", fault.Message);
        }

        problems.Dispose();
        progress?.Invoke(new VerifyProgress("writing", 1, done.Counts.Rows));

        // Nothing is put in place before the whole register is known to be sound; what nobody has begun to check is checked here.
        if (!request.DryRun) register.VerifySections(stop);
        sections.GetAwaiter().GetResult();
        stop.ThrowIfCancellationRequested();
        return Finish(request, register, clock, started, opened, files, done, problems);
    }

    private static Result<VerifyReport> Finish(VerifyRequest request, Register register, TimeProvider clock, long started, Stream input, OutputFiles files, VerifiedInput done, ProblemList problems)
    {
        try
        {
            files.BeginFlush();
            var (inputDigest, outputDigest) = Digests(request, input, files, done);
            var report = new VerifyReport
            {
                Input = new ReportInput(Path.GetFileName(request.InputName), inputDigest, done.Encoding, done.Delimiter, done.Sheets),
                Register = new ReportRegister(register.Digest, register.AsOf),
                Rows = done.Counts.Rows,
                Verdicts = VerifyCounts.Verdicts(done.Counts),
                Reasons = VerifyCounts.Reasons(done.Counts, register.Schema),
                Seconds = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 6),
                Output = request.DryRun ? null : new ReportOutput(request.OutputPath is { } path ? Path.GetFileName(path) : "-", outputDigest),
                OtherLines = new ReportLines(done.Counts.HeaderLines, done.Counts.TotalLines, done.Counts.BlankLines),
                Problems = problems.First,
                ProblemRows = done.Counts.Rows - done.Counts.Verdicts[(int)Verdict.Consistent],
                RegisterIsOld = clock.GetUtcNow() - register.AsOf > request.MaxAge,
            };
            if (request.Record is { } record && !request.DryRun)
            {
                if (!record(report, request.Touched?.Numbers ?? default, files.Flushed).Ok(out var mark, out var refusal)) return refusal;
                report = report with { Ledger = mark };
            }

            files.Place(report);
            return report;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return VerifyPaths.OutputFailed(request.OutputPath ?? "-", fault.Message);
        }
    }

    private static void Prepare(VerifyRequest request, Register register, CancellationToken stop)
    {
        if (IsLong(request)) register.EnterPages(stop);
        register.VerifySections(stop);
    }

    // So many rows touch most pages of any register.
    private static bool IsLong(VerifyRequest request) => request.InputPath is not { } path || new FileInfo(path) is not { Exists: true, Length: < LongInput };

    private static Result<Stream> OpenInput(VerifyRequest request)
    {
        if (request.InputPath is not { } path)
        {
            var stream = request.InputStream ?? throw new ArgumentException("A path or a stream is needed.", nameof(request));
            return request.NeedsDigests ? new HashedStream(stream) : stream;
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return VerifyPaths.InputUnreadable(path, fault.Message);
        }
    }

    private static Result<OutputFiles> OpenOutputs(VerifyRequest request)
    {
        try
        {
            return OutputFiles.Open(request);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return VerifyPaths.OutputFailed(request.OutputPath ?? request.ProblemsPath ?? request.ReportPath ?? "-", fault.Message);
        }
    }

    // What was not taken in passing is read again, side by side.
    private static (string? Input, string? Output) Digests(VerifyRequest request, Stream input, OutputFiles files, VerifiedInput done)
    {
        if (!request.NeedsDigests) return (null, null);
        if (request.DryRun) return (InputDigest(request, input), null);
        var output = done.Digests.Output is { } written ? Task.FromResult(written) : Task.Run(files.ResultDigest);
        var read = done.Digests.Input ?? InputDigest(request, input);
        return (read, output.GetAwaiter().GetResult());
    }

    private static string InputDigest(VerifyRequest request, Stream input)
    {
        if (input is HashedStream hashed) return hashed.Digest;
        using var again = new FileStream(request.InputPath!, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        return HexText.Lower(SHA256.HashData(again));
    }

    private static Refusal NoRows(string name) => new(
        "input.no-rows",
        $"{Path.GetFileName(name)} 的表头下没有数据行：请检查是否选对了文件，表头下应逐行填写姓名和号码。",
        $"{Path.GetFileName(name)} has no data rows below its header: check that it is the right file, with a name and a number on each row.");

    // The check was told to stop; how it ends no longer matters.
    private static void Quietly(Task sections)
    {
        try
        {
            sections.GetAwaiter().GetResult();
        }
        catch (Exception end) when (end is OperationCanceledException or RegisterException)
        {
        }
    }
}
