using Liuzhuan.Exchange;
using Liuzhuan.Exchange.Wording;
using Spectre.Console;

namespace Liuzhuan.Commands;

/// <summary>Shows people what became of a file: verdicts with counts and shares, and the rows to mend with cause and remedy.</summary>
internal static class VerifySummary
{
    /// <summary>As many rows to mend as fit on a screen; the rest stand in the file of <c>--only problems</c>.</summary>
    public const int ProblemsShown = 10;

    private const int PlainWidth = 160;

    public static void Write(Session session, TextWriter to, VerifyReport report, string? output)
    {
        var console = Plain(to);
        to.WriteLine(session.Say(
            $"{Path.GetFileName(report.Input.Name)}：{report.Rows:N0} 行，用时 {report.Seconds:F2} 秒（每秒 {PerSecond(report):N0} 行），登记库截至 {report.Register.AsOf.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd}",
            $"{Path.GetFileName(report.Input.Name)}: {report.Rows:N0} rows in {report.Seconds:F2} s ({PerSecond(report):N0} rows/s), register as of {report.Register.AsOf.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd}"));
        var words = AnswerTexts.In(session.Language).Verdicts;
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(session.Say("结论", "Verdict"), session.Say("代码", "Code"));
        table.AddColumn(new TableColumn(session.Say("行数", "Rows")).RightAligned());
        table.AddColumn(new TableColumn(session.Say("占比", "Share")).RightAligned());
        foreach (var (code, count) in report.Verdicts) table.AddRow(words[code], code, $"{count:N0}", Share(count, report.Rows));
        console.Write(table);
        WriteOtherLines(session, to, report);
        WriteProblems(session, console, to, report, ProblemsShown);
        if (output is not null) to.WriteLine(session.Say($"结果：{output}", $"Result: {output}"));
    }

    public static void WriteRecognition(Session session, TextWriter to, VerifyReport report)
    {
        to.WriteLine(session.Say($"文件：{report.Input.Name}　编码：{report.Input.Encoding}　分隔符：{DelimiterName(report.Input.Delimiter)}", $"File: {report.Input.Name}   encoding: {report.Input.Encoding}   delimiter: {DelimiterName(report.Input.Delimiter)}"));
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(session.Say("工作表", "Sheet"), session.Say("状态", "State"), session.Say("表头行", "Header line"), session.Say("列", "Column"), session.Say("表头", "Heading"), session.Say("用作", "Taken as"));
        foreach (var sheet in report.Input.Sheets)
        {
            var (name, state, line) = (sheet.Name ?? "", State(session, sheet.State), sheet.HeaderLine == 0 ? "" : $"{sheet.HeaderLine}");
            if (sheet.Columns.Count == 0) table.AddRow(Markup.Escape(name), state, line);
            foreach (var column in sheet.Columns) table.AddRow(Markup.Escape(name), state, line, column.Column, Markup.Escape(column.Heading), column.Name);
        }

        Plain(to).Write(table);
        to.WriteLine(session.Say($"登记库截至 {report.Register.AsOf.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd}。没有写任何文件。", $"Register as of {report.Register.AsOf.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd}. Nothing was written."));
    }

    private static void WriteOtherLines(Session session, TextWriter to, VerifyReport report)
    {
        var lines = report.OtherLines;
        to.WriteLine(session.Say(
            $"另有原样返回的行：标题和表头 {lines.Header:N0}，合计 {lines.Totals:N0}，空行 {lines.Blank:N0}。",
            $"Lines that came back untouched: {lines.Header:N0} titles and headers, {lines.Totals:N0} totals, {lines.Blank:N0} blank."));
        foreach (var sheet in report.Input.Sheets.Where(sheet => sheet.State != "verified"))
        {
            to.WriteLine(session.Say($"工作表“{sheet.Name}”未核验（{State(session, sheet.State)}），内容原样返回。", $"Sheet \"{sheet.Name}\" was not verified ({State(session, sheet.State)}) and came back untouched."));
        }
    }

    /// <summary>The first rows that need mending, with cause and remedy.</summary>
    public static void WriteProblems(Session session, IAnsiConsole console, TextWriter to, VerifyReport report, int most)
    {
        if (report.Problems.Count == 0) return;
        to.WriteLine(session.Say(
            $"{report.Input.Name} 待处理的行（共 {report.ProblemRows:N0} 行，列出前 {Math.Min(most, report.Problems.Count)} 行）：",
            $"{report.Input.Name}: rows to mend ({report.ProblemRows:N0} in all, the first {Math.Min(most, report.Problems.Count)} shown):"));
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn(session.Say("位置", "Place")).NoWrap());
        table.AddColumn(session.Say("代码", "Codes"));
        table.AddColumn(session.Say("原因与处理办法", "Cause and remedy"));
        foreach (var problem in report.Problems.Take(most))
        {
            var place = session.Say($"{problem.Sheet} 第{problem.Line}行", $"{problem.Sheet} line {problem.Line}").Trim();
            table.AddRow(Markup.Escape(place), Markup.Escape(problem.Codes.Length == 0 ? problem.Verdict : problem.Codes), Markup.Escape(problem.Explanation));
        }

        console.Write(table);
    }

    /// <summary>A console for tables without colours, wide enough for a log.</summary>
    public static IAnsiConsole Plain(TextWriter to)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(to) });
        if (Console.IsOutputRedirected || (to is LateWriter late ? late.Opened : to) != Console.Out) console.Profile.Width = PlainWidth;
        return console;
    }

    /// <summary>"812 (90.2 %)".</summary>
    public static string CountAndShare(VerifyReport report, string verdict) => $"{report.Verdicts[verdict]:N0} ({Share(report.Verdicts[verdict], report.Rows)})";

    private static double PerSecond(VerifyReport report) => report.Seconds > 0 ? report.Rows / report.Seconds : 0;

    private static string Share(long count, long rows) => rows == 0 ? "" : $"{100.0 * count / rows:F1} %";

    private static string State(Session session, string state) => state switch
    {
        "verified" => session.Say("核验", "verified"),
        "hidden" => session.Say("隐藏", "hidden"),
        "no_header" => session.Say("没有可识别的表头", "no header recognised"),
        _ => state,
    };

    private static string DelimiterName(string? delimiter) => delimiter switch
    {
        null => "-",
        "\t" => "tab",
        _ => delimiter,
    };
}
