using System.CommandLine;

namespace Liuzhuan.Commands;

/// <summary><c>verify INPUT --register FILE --output OUT</c> for the command-line library: its options, their help texts, and what was said with them.</summary>
internal sealed class VerifyCommand : Command
{
    private readonly Argument<string> _input;
    private readonly Option<string> _register;
    private readonly Option<string?> _output, _report, _encoding, _delimiter, _schema, _layout;
    private readonly Option<string[]> _only, _columns;
    private readonly Option<bool> _dryRun, _quiet;
    private readonly Option<int> _maxAge, _threads;
    private readonly Option<string> _purpose, _provision;
    private readonly DataArguments _ledger;

    private VerifyCommand(Session session)
        : base("verify", session.Say("逐行核验一个文件，在原列之后写出结论和说明", "Verifies a file row by row and writes verdict and explanation after the original columns"))
    {
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
        _maxAge.DefaultValueFactory = _ => VerifyArguments.UsualMaxAge;
        _purpose = session.Option<string>("--purpose", "用途，当事人查询时会看到", "What it is verified for; the people in it will read this", value: "TEXT");
        _purpose.DefaultValueFactory = _ => VerifyArguments.UsualPurpose(session);
        _provision = session.Option<string>("--provision", "法律依据，当事人查询时会看到", "The provision it rests on; the people in it will read this", value: "TEXT");
        _provision.DefaultValueFactory = _ => VerifyArguments.UsualProvision(session);
        _threads = session.Option<int>("--threads", "线程数（默认每个处理器一个）", "Threads (default: one per processor)", value: "N");
        Arguments.Add(_input);
        foreach (var option in new Option[] { _register, _output, _report, _only, _columns, _encoding, _delimiter, _schema, _layout, _dryRun, _quiet, _maxAge, _threads, _purpose, _provision }) Options.Add(option);
        _ledger = new DataArguments(session, this, isFolderOnly: true, name: "--ledger");
        SetAction(parsed => VerifyRun.Run(session, Said(parsed)));
    }

    public static Command Create(Session session) => new VerifyCommand(session);

    /// <summary>What a command line without errors says.</summary>
    public VerifyArguments Said(ParseResult parsed) => new()
    {
        Input = parsed.GetValue(_input)!,
        Register = parsed.GetValue(_register)!,
        Output = parsed.GetValue(_output),
        Report = parsed.GetValue(_report),
        Only = parsed.GetValue(_only) ?? [],
        Columns = parsed.GetValue(_columns) ?? [],
        Encoding = parsed.GetValue(_encoding),
        Delimiter = parsed.GetValue(_delimiter),
        Schema = parsed.GetValue(_schema),
        Layout = parsed.GetValue(_layout),
        DryRun = parsed.GetValue(_dryRun),
        Quiet = parsed.GetValue(_quiet),
        MaxAge = parsed.GetValue(_maxAge),
        Threads = parsed.GetValue(_threads),
        Purpose = parsed.GetValue(_purpose)!,
        Provision = parsed.GetValue(_provision)!,
        Ledger = _ledger.Folder(parsed),
    };
}
