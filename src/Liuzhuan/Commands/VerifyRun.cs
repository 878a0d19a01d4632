using Liuzhuan.Exchange;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Files;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary>Does what <c>verify</c> says: a file of people in, a verdict on every row out. Knows nothing of the command-line library, whose loading a plain command line is spared.</summary>
internal sealed class VerifyRun
{
    private const string Dash = "-";

    private readonly Session _session;
    private readonly VerifyArguments _said;

    private VerifyRun(Session session, VerifyArguments said) => (_session, _said) = (session, said);

    /// <summary>Runs the command and gives back its exit code.</summary>
    public static int Run(Session session, VerifyArguments said)
    {
        using var interruption = new Interruption(CommandLine.UsualStop);
        return new VerifyRun(session, said).Run(interruption.Token);
    }

    private int Run(CancellationToken stop)
    {
        if (!Request(stop).Ok(out var request, out var refusal)) return _session.Refuse(refusal);
        if (!RegisterCommands.Schemas(_said.Schema).Ok(out var schemas, out refusal)) return _session.Refuse(refusal);
        var files = Register.FilesOf(_said.Register);
        if (VerifyPaths.Written(request).Find(path => Array.Exists(files, file => FileIdentity.Same(path, file))) is { } over) return _session.Refuse(OverRegister(over));
        using var register = Register.Open(_said.Register, schemas);

        VerifyReport? report;
        using (var line = new ProgressLine(_session, Path.GetFileName(request.InputName), _session.Terminal.ShowsProgress && !_said.Quiet && request.OutputStream is null))
        {
            using var ledger = request.DryRun ? null : new LedgerInWaiting(_session.Terminal.Clock, _said.Ledger, DataArguments.OfEnvironment, new BatchGrounds(_said.Purpose, _said.Provision, register.Schema.Id));
            if (ledger is not null) request = Logged(request, register, ledger);
            if (!VerifyFile.Run(request, register, _session.Terminal.Clock, p => line.Report(p.Stage, p.Share, p.Rows), stop).Ok(out report, out refusal)) return _session.Refuse(refusal);
        }

        request.OutputStream?.Flush();
        Tell(request, report);
        return ExitCodes.Done;
    }

    private static VerifyRequest Logged(VerifyRequest request, Register register, LedgerInWaiting ledger) => request with
    {
        Touched = new TouchedNumbers(),
        Record = (report, people, flushed) =>
        {
            // Nothing is asked any more.
            _ = Task.Run(register.LeavePages);
            return ledger.RecordLast(report, people, flushed);
        },
    };

    private void Tell(VerifyRequest request, VerifyReport report)
    {
        if (report.RegisterIsOld)
        {
            var days = request.MaxAge.Days;
            _session.Warn($"登记库数据截至 {report.Register.AsOf.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd}，已超过 {days} 天：结论可能与现状不符，请更新登记库。", $"the register's data is as of {report.Register.AsOf.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd}, more than {days} days old: verdicts may be out of date, so update it.");
        }

        // Standard output may carry the result itself.
        var to = request.OutputStream is null ? _session.Terminal.Out : _session.Terminal.Error;
        if (request.DryRun) VerifySummary.WriteRecognition(_session, to, report);
        else if (!_said.Quiet) VerifySummary.Write(_session, to, report, request.OutputPath);
    }

    private Result<VerifyRequest> Request(CancellationToken stop)
    {
        var (input, output, dryRun) = (_said.Input, _said.Output, _said.DryRun);
        if (output is null && !dryRun) return new Refusal("usage.output", "缺少 --output：请给出结果文件名，或用 --dry-run 只看识别结果。", "--output is missing: name a result file, or use --dry-run to see what is recognised.");
        if (!Columns(_said.Columns).Ok(out var columns, out var refusal)) return refusal;
        if (!Problems(_said.Only).Ok(out var problems, out refusal)) return refusal;
        if (Encoding(_said.Encoding) is not { } encoding) return new Refusal("usage.encoding", "不认识的 --encoding：可用 utf-8、gb18030、utf-16le、utf-16be。", "Unknown --encoding: use utf-8, gb18030, utf-16le or utf-16be.");
        if (Delimiter(_said.Delimiter) is not { } delimiter) return new Refusal("usage.delimiter", "不认识的 --delimiter：可用 , ; | 或 tab。", "Unknown --delimiter: use , ; | or tab.");
        if (_said.Layout is not (null or "full" or "codes")) return new Refusal("usage.layout", "不认识的 --layout：可用 full 或 codes。", "Unknown --layout: use full or codes.");
        if (_said.MaxAge < 0 || _said.Threads < 0) return new Refusal("usage.number", "--max-age-days 和 --threads 不能为负。", "--max-age-days and --threads may not be negative.");
        var report = _said.Report;
        return new VerifyRequest
        {
            InputPath = input == Dash ? null : input,
            InputStream = input == Dash ? new StoppableStream(_session.Terminal.OpenInput(), stop) : null,
            InputName = input == Dash ? "stdin.csv" : input,
            OutputPath = output is null or Dash ? null : output,
            OutputStream = output == Dash && !dryRun ? _session.Terminal.OpenOutput() : null,
            Language = _session.Language,
            Encoding = encoding.Form,
            Delimiter = delimiter.Character,
            Columns = columns,
            Layout = _said.Layout == "codes" ? ResultLayout.CodesOnly : ResultLayout.Full,
            ProblemsPath = problems.Path,
            ReportPath = report,
            DryRun = dryRun,
            Threads = _said.Threads,
            MaxAge = TimeSpan.FromDays(_said.MaxAge),
            ProblemLimit = _said.Quiet && report is null ? 0 : VerifySummary.ProblemsShown,
        };
    }

    private static Result<Dictionary<string, string>> Columns(string[] choices)
    {
        var columns = new Dictionary<string, string>();
        foreach (var choice in choices)
        {
            if (choice.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } column])
            {
                return new Refusal("usage.column", $"--column 的写法“{choice}”不对：应为 名称=列，如 name=B。", $"--column \"{choice}\" is wrong: write NAME=COLUMN, for example name=B.");
            }

            columns[name.Trim()] = column.Trim();
        }

        return columns;
    }

    private static Result<ProblemsChoice> Problems(string[] only) => only switch
    {
        [] => new ProblemsChoice(null),
        ["problems", var file] when Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase) => new ProblemsChoice(file),
        ["problems", _] => new Refusal("usage.only", "--only problems 的文件应以 .csv 结尾。", "The file of --only problems must end in .csv."),
        _ => new Refusal("usage.only", "--only 的写法应为：--only problems 文件.csv。", "Write --only problems FILE.csv."),
    };

    private static EncodingChoice? Encoding(string? name) => name?.ToLowerInvariant() switch
    {
        null or "auto" => new(null),
        "utf-8" or "utf8" or "utf-8-bom" => new(TextForm.Utf8),
        "gb18030" or "gbk" or "gb2312" or "cp936" => new(TextForm.Gb18030),
        "utf-16le" or "utf-16" or "utf16" or "utf16le" => new(TextForm.Utf16LittleEndian),
        "utf-16be" or "utf16be" => new(TextForm.Utf16BigEndian),
        _ => null,
    };

    private static DelimiterChoice? Delimiter(string? text) => text switch
    {
        null => new(null),
        "," or ";" or "|" or "\t" => new(text[0]),
        "tab" or "\\t" => new('\t'),
        _ => null,
    };

    private static Refusal OverRegister(string path) => new("output.same", $"{path} 是登记库文件：请换一个要写的文件名。", $"{path} is the register itself: choose another name for what is written.");

    private sealed record ProblemsChoice(string? Path);

    private sealed record EncodingChoice(TextForm? Form);

    private sealed record DelimiterChoice(char? Character);
}
