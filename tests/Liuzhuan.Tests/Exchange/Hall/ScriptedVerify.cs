using Liuzhuan.Exchange;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Tests.Exchange.Hall;

/// <summary>Verifications that wait, fail or come out as a test of the pages needs them, by the name of the file.</summary>
internal sealed class ScriptedVerify
{
    public static readonly Refusal NoHeader = new("input.no-header",
        "在 slow.csv 的前 50 行里没有找到表头：需要一列“姓名”和一列“身份号码”。请补上表头行再试。",
        "No header was found in the first 50 lines: a name column and a number column are needed. Add the header line and try again.");

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a verification of a file called slow… has begun.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Runs;

    public void Release() => _released.TrySetResult();

    public Result<VerifyReport> Run(VerifyRequest request, Action<VerifyProgress> progress, CancellationToken stop)
    {
        Interlocked.Increment(ref Runs);
        if (request.InputName.StartsWith("refused", StringComparison.Ordinal)) return NoHeader;
        if (request.InputName.StartsWith("fault", StringComparison.Ordinal)) throw new InvalidOperationException("made to fail");
        if (request.InputName.StartsWith("slow", StringComparison.Ordinal))
        {
            progress(new VerifyProgress("verifying", 0.43, 43_210));
            Begun.TrySetResult();
            _released.Task.Wait(stop);
        }

        var input = File.ReadAllBytes(request.InputPath!);
        File.WriteAllBytes(request.OutputPath!, input);
        File.WriteAllText(request.ProblemsPath!, "line,problem\n");
        File.WriteAllText(request.ReportPath!, "{}");
        return Report(request, input.Count(b => b == (byte)'\n') - 1);
    }

    private static VerifyReport Report(VerifyRequest request, long rows)
    {
        var english = request.Language == "en";
        var verdicts = AnswerCodes.Verdicts.ToDictionary(code => code, _ => 0L);
        (verdicts["inconsistent"], verdicts["not_in_register"], verdicts["cannot_decide"], verdicts["invalid"]) = (rows / 8, rows / 14, rows / 40, rows / 20);
        verdicts["consistent"] = rows - verdicts.Values.Sum();
        return new VerifyReport
        {
            Input = new(request.InputName, null, "gb18030", ",",
            [
                new("入学名单", "verified", 3, rows, [new("name", "B", "学生姓名"), new("id_number", "C", "身份证号码*")]),
                new("说明", "no_header", 0, 0, []),
                new("代码表", "hidden", 0, 0, []),
            ]),
            Register = new("0f", TestClock.Morning.AddDays(-2)),
            Rows = rows,
            Verdicts = verdicts,
            Reasons = new Dictionary<string, long> { ["number_check_digit"] = verdicts["invalid"] },
            Seconds = 0.84,
            OtherLines = new(3, 1, 2),
            Problems = rows == 0 ? [] :
            [
                new("入学名单", 17, 14, "invalid", "number_check_digit", english ? "The check digit does not fit the other 17 digits, so a digit was mistyped: compare the number with the document." : "校验码与前 17 位不符，说明有数字录错：请对照证件改正号码后再核验。"),
                new("入学名单", 31, 28, "inconsistent", "name", english ? "The number is in the register under another name: check the name on the document." : "登记库中这个号码的姓名不同：请核对证件上的姓名，再问本人是否改过名。"),
                new("入学名单", 58, 55, "cannot_decide", "change_in_progress", english ? "A procedure that may change this record is pending: ask again in a few days." : "这个人的登记正在办理变更：请过几天再核验，或向户籍地派出所查询。"),
                new(null, 102, 99, "not_in_register", "", english ? "The register has no such number: check it digit by digit." : "登记库里没有这个号码：请逐位核对。"),
            ],
            ProblemRows = rows - verdicts["consistent"],
            RegisterIsOld = false,
        };
    }
}
