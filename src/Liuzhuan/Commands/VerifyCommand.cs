using System.CommandLine;
using Liuzhuan.Exchange;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Files;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary><c>verify INPUT --register FILE --output OUT</c>: a file of people in, a verdict on every row out.</summary>
internal sealed class VerifyCommand
{
    private const string Dash = "-";

    private readonly Session _session;
    private readonly Argument<string> _input;
    private readonly Option<string> _register;
    private readonly Option<string?> _output, _report, _encoding, _delimiter, _schema, _layout;
    private readonly Option<string[]> _only, _columns;
    private readonly Option<bool> _dryRun, _quiet;
    private readonly Option<int> _maxAge, _threads;
    private readonly Option<string> _purpose, _provision;
    private DataArguments? _ledger;

    private VerifyCommand(Session session)
    {
        _session = session;
        _input = session.Argument<string>("INPUT", "要核验的文件（.csv .txt .tsv .xlsx .xls）；- 表示从标准输入读 CSV", "File to verify (.csv .txt .tsv .xlsx .xls); - reads CSV from standard input");
        _register = session.Option<string>("--register", "登记库文件", "Register file", required: true, value: "FILE.lzr");
        _output = session.Option<string?>("--output", "结果文件，格式与输入相同（.xls 的结果为 .xlsx）；- 表示写到标准输出", "Result file, of the form of the input (.xls comes back as .xlsx); - writes to standard output", value: "OUT");
        _report = session.Option<string?>("--report", "另写一份 JSON 报告", "Also write a report in JSON", value: "report.json");
        _only = session.Option<string[]>("--only", "另写一份待改正行的清单（CSV，带工作表名和行号）", "Also write the rows to mend (CSV, with sheet and line numbers)", value: "problems FILE");
        _only.Arity = new ArgumentArity(2, 2);
        _only.AllowMultipleArgumentsPerToken = true;
        _columns = session.Option<string[]>("--column", "指定列，可重复，如 --column name=B 或 id_number=身份证号", "Say which column holds what, repeatable: --column name=B or \"id_number=ID number\"", value: "NAME=COLUMN");
        _encoding = session.Option<string?>("--encoding", "文本文件的编码：utf-8、gb18030、utf-16le、utf-16be；默认自动识别", "Encoding of a text file: utf-8, gb18030, utf-16le, utf-16be; recognised by default", value: "NAME");
        _delimiter = session.Option<string?>("--delimiter", "文本文件的分隔符：, ; | 或 tab；默认自动识别", "Delimiter of a text file: , ; | or tab; recognised by default", value: "CHAR");
        _schema = RegisterCommands.OwnSchema(session);
        _layout = session.Option<string?>("--layout", "full（默认，原列加五列结果）或 codes（只写首列和代码）", "full (default: the original columns and five more) or codes (first column and codes only)", value: "full|codes");
        _dryRun = session.Option<bool>("--dry-run", "只显示识别出的工作表、表头、列和编码，不写结果", "Show the recognised sheet, header, columns and encoding; write nothing");
        _quiet = session.Option<bool>("--quiet", "不显示进度和汇总", "No progress and no summary");
        _maxAge = session.Option<int>("--max-age-days", "登记库超过这个天数就提醒（默认 30）", "Warn when the register is older than this many days (default 30)", value: "N");
        _maxAge.DefaultValueFactory = _ => 30;
        _purpose = session.Option<string>("--purpose", "用途，当事人查询时会看到", "What it is verified for; the people in it will read this", value: "TEXT");
        _purpose.DefaultValueFactory = _ => session.Say("核验文件（未写明用途）", "verifying a file (no purpose stated)");
        _provision = session.Option<string>("--provision", "法律依据，当事人查询时会看到", "The provision it rests on; the people in it will read this", value: "TEXT");
        _provision.DefaultValueFactory = _ => session.Say("未写明", "not stated");
        _threads = session.Option<int>("--threads", "线程数（默认每个处理器一个）", "Threads (default: one per processor)", value: "N");
    }

    public static Command Create(Session session)
    {
        var verify = new VerifyCommand(session);
        var command = session.Command("verify", "逐行核验一个文件，在原列之后写出结论和说明", "Verifies a file row by row and writes verdict and explanation after the original columns");
        command.Arguments.Add(verify._input);
        foreach (var option in new Option[]
        {
            verify._register, verify._output, verify._report, verify._only, verify._columns, verify._encoding, verify._delimiter,
            verify._schema, verify._layout, verify._dryRun, verify._quiet, verify._maxAge, verify._threads, verify._purpose, verify._provision,
        })
        {
            command.Options.Add(option);
        }

        verify._ledger = new DataArguments(session, command, isFolderOnly: true, name: "--ledger");
        command.SetAction(parsed =>
        {
            using var interruption = new Interruption(CommandLine.UsualStop);
            return verify.Run(parsed, interruption.Token);
        });
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var quiet = parsed.GetValue(_quiet);
        if (!Request(parsed, quiet, stop).Ok(out var request, out var refusal)) return _session.Refuse(refusal);
        if (!RegisterCommands.Schemas(parsed.GetValue(_schema)).Ok(out var schemas, out refusal)) return _session.Refuse(refusal);
        var files = Register.FilesOf(parsed.GetValue(_register)!);
        if (VerifyPaths.Written(request).Find(path => Array.Exists(files, file => FileIdentity.Same(path, file))) is { } over) return _session.Refuse(OverRegister(over));
        using var register = Register.Open(parsed.GetValue(_register)!, schemas);

        VerifyReport? report;
        using (var line = new ProgressLine(_session, Path.GetFileName(request.InputName), _session.Terminal.ShowsProgress && !quiet && request.OutputStream is null))
        {
            using var ledger = request.DryRun ? null : new LedgerInWaiting(_session, _ledger!, parsed, new BatchGrounds(parsed.GetValue(_purpose)!, parsed.GetValue(_provision)!, register.Schema.Id));
            if (ledger is not null) request = Logged(request, register, ledger);
            if (!VerifyFile.Run(request, register, _session.Terminal.Clock, p => line.Report(p.Stage, p.Share, p.Rows), stop).Ok(out report, out refusal)) return _session.Refuse(refusal);
        }

        request.OutputStream?.Flush();
        Tell(request, report, quiet);
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

    private void Tell(VerifyRequest request, VerifyReport report, bool quiet)
    {
        if (report.RegisterIsOld)
        {
            var days = request.MaxAge.Days;
            _session.Warn($"登记库数据截至 {report.Register.AsOf.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd}，已超过 {days} 天：结论可能与现状不符，请更新登记库。", $"the register's data is as of {report.Register.AsOf.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd}, more than {days} days old: verdicts may be out of date, so update it.");
        }

        // Standard output may carry the result itself.
        var to = request.OutputStream is null ? _session.Terminal.Out : _session.Terminal.Error;
        if (request.DryRun) VerifySummary.WriteRecognition(_session, to, report);
        else if (!quiet) VerifySummary.Write(_session, to, report, request.OutputPath);
    }

    private Result<VerifyRequest> Request(ParseResult parsed, bool quiet, CancellationToken stop)
    {
        var (input, output, dryRun) = (parsed.GetValue(_input)!, parsed.GetValue(_output), parsed.GetValue(_dryRun));
        if (output is null && !dryRun) return new Refusal("usage.output", "缺少 --output：请给出结果文件名，或用 --dry-run 只看识别结果。", "--output is missing: name a result file, or use --dry-run to see what is recognised.");
        if (!Columns(parsed.GetValue(_columns) ?? []).Ok(out var columns, out var refusal)) return refusal;
        if (!Problems(parsed.GetValue(_only) ?? []).Ok(out var problems, out refusal)) return refusal;
        if (Encoding(parsed.GetValue(_encoding)) is not { } encoding) return new Refusal("usage.encoding", "不认识的 --encoding：可用 utf-8、gb18030、utf-16le、utf-16be。", "Unknown --encoding: use utf-8, gb18030, utf-16le or utf-16be.");
        if (Delimiter(parsed.GetValue(_delimiter)) is not { } delimiter) return new Refusal("usage.delimiter", "不认识的 --delimiter：可用 , ; | 或 tab。", "Unknown --delimiter: use , ; | or tab.");
        if (parsed.GetValue(_layout) is not (null or "full" or "codes")) return new Refusal("usage.layout", "不认识的 --layout：可用 full 或 codes。", "Unknown --layout: use full or codes.");
        if (parsed.GetValue(_maxAge) < 0 || parsed.GetValue(_threads) < 0) return new Refusal("usage.number", "--max-age-days 和 --threads 不能为负。", "--max-age-days and --threads may not be negative.");
        var report = parsed.GetValue(_report);
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
            Layout = parsed.GetValue(_layout) == "codes" ? ResultLayout.CodesOnly : ResultLayout.Full,
            ProblemsPath = problems.Path,
            ReportPath = report,
            DryRun = dryRun,
            Threads = parsed.GetValue(_threads),
            MaxAge = TimeSpan.FromDays(parsed.GetValue(_maxAge)),
            ProblemLimit = quiet && report is null ? 0 : VerifySummary.ProblemsShown,
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
