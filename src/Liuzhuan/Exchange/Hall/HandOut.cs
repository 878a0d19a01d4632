using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.People;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Hands out the files of a verification. Who takes one away is logged before the first byte leaves.</summary>
internal sealed class HandOut(AppendEntry append, CurrentActor current)
{
    /// <param name="request">The request that the file answers; null for a file of the drop page.</param>
    /// <exception cref="LedgerUnavailableException">It could not be logged, so nothing is sent.</exception>
    public async Task<IResult> SendAsync(JobStore store, Job job, ResultFile file, string? request, CancellationToken stop)
    {
        var (path, kind) = file switch
        {
            ResultFile.Result => (store.ResultPath(job), "result"),
            ResultFile.Problems => (store.ProblemsPath(job), "problems"),
            _ => (store.ReportPath(job), "report"),
        };
        if (!File.Exists(path)) return TypedResults.NotFound();

        // The whole id of a job opens it where nobody is signed in, so the ledger holds only its end, as logs do.
        var detail = LedgerDetail.Of(new { disclosed = kind, job = job.Id[^6..], request, output = job.Report?.Output?.Sha256 });
        if (await append(new NewEntry("disclosure", current.Actor?.Id ?? HallEngine.Operator, detail), stop) is null) throw new InvalidOperationException("The ledger refused to log a download.");
        return TypedResults.PhysicalFile(path, ContentType(path), Path.GetFileName(path));
    }

    private static string ContentType(string path) => FileNames.Extension(path) switch
    {
        ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".json" => "application/json",
        // The encoding is that of the input; a charset here would be a guess.
        ".csv" => "text/csv",
        ".tsv" or ".tab" => "text/tab-separated-values",
        _ => "application/octet-stream",
    };
}

/// <summary>The files there are of a verification.</summary>
internal enum ResultFile
{
    Result,
    Problems,
    Report,
}
