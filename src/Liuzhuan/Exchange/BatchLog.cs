using Liuzhuan.Matching;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Writing;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Supervision.Contract;

namespace Liuzhuan.Exchange;

/// <summary>Logs a verified file, and each person in it, before its result is put in place. A refusal keeps the result back.</summary>
/// <param name="flushed">Complete when the result is on the disk: the entry waits for it, what is long to prepare does not.</param>
internal delegate Result<LedgerMark> RecordBatch(VerifyReport report, ReadOnlyMemory<ulong> people, Task flushed);

/// <summary>Where in which ledger a file was logged.</summary>
internal sealed record LedgerMark(string Ledger, long Position);

/// <summary>One entry for a whole file: digests of input, result and register, who had it verified, for what and on which article.</summary>
/// <param name="actor">Who, as a reference that names no citizen.</param>
internal sealed class BatchLog(Ledger ledger, AccessRecorder accesses, string actor, BatchGrounds grounds)
{
    private const string Kind = "batch";

    private static readonly Refusal NotWritten = new("ledger.not-written",
        "存证账本此刻写不进去，未留痕不出结果。请检查数据目录的磁盘空间和权限，或数据库是否可用，然后重试。",
        "The ledger cannot be written just now, and without a trace there is no result. Look at the disk space and permissions of the data folder, or whether the database is up, and try again.",
        StatusCodes.Status503ServiceUnavailable);

    /// <summary>Counts what an officer looks up; null where nobody is signed in.</summary>
    public WatchRecorder? Watch { get; init; }

    /// <summary>Does all of an entry about nobody but write it, so that the one that counts finds its code ready.</summary>
    public void Rehearse()
    {
        var nothing = new VerifyReport
        {
            Input = new ReportInput("", "", "", null, []), Register = new ReportRegister("", default), Rows = 0, Verdicts = new Dictionary<string, long>(), Reasons = new Dictionary<string, long>(),
            Seconds = 0, OtherLines = new ReportLines(0, 0, 0), Problems = [], ProblemRows = 0, RegisterIsOld = false,
        };
        ledger.Rehearse(Entry(nothing) with { Companions = [accesses.Rehearse(Access)] });
    }

    /// <summary>Returns when the entry is durable.</summary>
    public Result<LedgerMark> Record(VerifyReport report, ReadOnlyMemory<ulong> people, Task flushed)
    {
        try
        {
            List<Companion> companions = [accesses.ForBatchAsync(Access, people, CancellationToken.None).GetAwaiter().GetResult()];
            if (Watch is not null && grounds.For is { } errand) companions.Add(LookAsync(Watch, errand, report, people).GetAwaiter().GetResult());
            flushed.GetAwaiter().GetResult();
            var receipt = ledger.Append(Entry(report) with { Companions = companions });
            return receipt is null ? NotWritten : new LedgerMark(ledger.Key.Name, receipt.Position);
        }
        catch (LedgerUnavailableException)
        {
            return NotWritten;
        }
    }

    // Whoever has a file answered for another agency does not choose who is in it: it counts for the one who asked.
    private static Task<Companion> LookAsync(WatchRecorder watch, Errand errand, VerifyReport report, ReadOnlyMemory<ulong> people) => watch.ForFileAsync(
        new WatchedOfficer(errand.AskedBy ?? errand.Actor, errand.Office, errand.Division), errand.Purpose, people, report.Rows,
        report.Verdicts[Verdict.NotInRegister.Code()] + report.Verdicts[Verdict.Invalid.Code()], CancellationToken.None);

    private AccessEvent Access => new() { Agency = grounds.For?.Body ?? actor, Purpose = grounds.Purpose, Provision = grounds.Provision, Fact = grounds.Fact };

    private NewEntry Entry(VerifyReport report)
    {
        var detail = new EntryDetail()
            .Add("input", report.Input.Sha256).Add("output", report.Output?.Sha256).Add("register", report.Register.Digest).Add("asOf", report.Register.AsOf)
            .Add("rows", report.Rows).Add("purpose", grounds.Purpose).Add("provision", grounds.Provision);
        if (grounds.For is { } errand)
        {
            detail.Add("rule", errand.Rule).Add("office", errand.Office).Add("agency", errand.Agency).Add("division", errand.Division);
            if (errand.Request is { } request) detail.Add("request", request);
        }

        return detail.Entry(Kind, actor);
    }
}

/// <summary>Why a file is verified, in the words in which the people in it will read it.</summary>
/// <param name="Fact">The register asked, by its schema's id, or the fact.</param>
internal sealed record BatchGrounds(string Purpose, string Provision, string Fact)
{
    /// <summary>The errand of an officer; null where the account that runs the program has a file verified.</summary>
    public Errand? For { get; init; }

    public static BatchGrounds Of(Errand errand) => new(errand.Purpose, errand.Provision, errand.Fact) { For = errand };
}
