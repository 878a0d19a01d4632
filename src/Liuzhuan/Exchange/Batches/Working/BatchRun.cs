using System.Diagnostics;
using Liuzhuan.Agreements.Contract;
using Liuzhuan.Exchange.Batches.Contents;
using Liuzhuan.Exchange.Hall;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Hosting;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Writing;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Telemetry;

namespace Liuzhuan.Exchange.Batches.Working;

/// <summary>Works on one batch to its end, whatever that is. The result is there exactly when its ledger entry is.</summary>
internal sealed partial class BatchRun(DataStore store, BatchFiles files, BatchLeases leases, AccessList access, BatchAccess terms, AccessRecorder accesses, Ledger ledger, BatchOptions options, TimeProvider clock, ILogger<BatchRun> log)
{
    /// <summary>Where the files of running batches lie.</summary>
    public string Root => Path.Combine(store.Folder, "batches");

    /// <exception cref="LedgerUnavailableException">Nothing can be logged now; the batch waits again.</exception>
    /// <exception cref="LedgerBrokenException">As above, until an operator has looked at the ledger.</exception>
    public async Task RunAsync(HeldBatch held, CancellationToken stop)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, held.Lost);
        using var span = Traces.Continue("batch", held.Batch.TraceParent)?.SetTag("liuzhuan.attempt", held.Batch.Attempts);
        try
        {
            if (await QuietThread.RunAsync(() => WorkAsync(held, both.Token)) is not { } refusal) return;
            if (!await leases.EndAsync(held.Batch, BatchStates.Refused, refusal, CancellationToken.None)) return;
            Ended(held.Batch, BatchStates.Refused, 0);
            Refused(held.Short, refusal.Code);
        }
        catch (OperationCanceledException) when (held.Lost.IsCancellationRequested)
        {
            LetGo(held.Short);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host was asked to end: that is no failed attempt.
            await leases.ReleaseAsync(held.Batch, counts: false, CancellationToken.None);
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or LedgerBrokenException || DatabaseFaults.IsAway(fault))
        {
            // None of it is the file's fault: the batch waits, however long that takes.
            if (DatabaseFaults.IsDisk(fault)) leases.SetAside(held.Batch);
            await GiveBackAsync(held, stop);
            throw;
        }
        catch (Exception fault)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            Failed(fault, held.Short, held.Batch.Attempts);
            if (held.Batch.Attempts < options.MostAttempts) await leases.ReleaseAsync(held.Batch, counts: true, CancellationToken.None);
            else if (await leases.EndAsync(held.Batch, BatchStates.Failed, BatchRefusals.Fault, CancellationToken.None)) Ended(held.Batch, BatchStates.Failed, 0);
        }
    }

    // Where even that cannot be written now, it is tried until it can or the lease has ended by itself.
    private async Task GiveBackAsync(HeldBatch held, CancellationToken stop)
    {
        while (!held.Lost.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            try
            {
                await leases.ReleaseAsync(held.Batch, counts: false, CancellationToken.None);
                return;
            }
            catch (Exception fault) when (DatabaseFaults.IsAway(fault))
            {
                await Task.Delay(options.Idle, clock, stop);
            }
        }
    }

    // On a quiet thread.
    private async Task<Refusal?> WorkAsync(HeldBatch held, CancellationToken stop)
    {
        var batch = held.Batch;
        if (await access.FindAsync(batch.ClientId, stop) is not { } client) return BatchRefusals.ClientGone;
        if (!terms.Decide(client, batch.Fact, batch.Purpose).Ok(out var agreed, out var refusal)) return refusal;

        await files.ClearAsync(batch, stop);
        using var folder = WorkFolder.Create(Root);
        // The extension decides between text and spreadsheet; the name itself is the client's business.
        using var touched = new TouchedNumbers();
        var request = Request(batch, agreed, touched, folder);
        using (Traces.Start("read")) await files.FetchAsync(batch, folder.File("input"), stop);
        Result<VerifyReport> verified;
        using (Traces.Start("verify"))
        {
            agreed.Register.VerifySections(stop);
            verified = VerifyFile.Run(request, agreed.Register, clock, held.Report, stop);
        }

        if (!verified.Ok(out var report, out refusal)) return IsOurs(refusal) ? throw Ours(refusal) : refusal;

        using var recording = Traces.Start("record");
        var result = await files.StoreAsync(held, BatchPieces.Result, request.OutputPath!, stop);
        var problems = await files.StoreAsync(held, BatchPieces.Problems, request.ProblemsPath!, stop);
        var looked = await accesses.ForBatchAsync(Access(client, batch, agreed), touched.Numbers, stop);
        await LogAsync(held, client, new BatchOutcome(batch, agreed, report, Compared(agreed, report), result, problems, clock.GetUtcNow() + options.KeepContents), looked);
        return null;
    }

    private async Task LogAsync(HeldBatch held, KnownClient client, BatchOutcome outcome, Companion looked)
    {
        var statement = outcome.Statement();
        var entry = new NewEntry("batch", $"agency/{client.Agency}/{client.Id}", statement) { Companions = [outcome.Completion(statement), looked] };
        // From here on it is one commit: done, logged, and each access recorded; or nothing.
        if (await ledger.AppendAsync(entry, CancellationToken.None) is null)
        {
            if (await leases.RenewAsync(held.Batch, default, CancellationToken.None)) throw new InvalidOperationException("The accesses that were put down for the entry had been removed.");
            held.Lose();
            throw new OperationCanceledException(held.Lost);
        }

        Ended(held.Batch, BatchStates.Done, outcome.Report.Rows);
        Done(held.Short, outcome.Report.Rows, outcome.Report.Seconds);
    }

    private void Ended(Batch batch, string state, long rows) => Meters.BatchEnded(state, rows, clock.GetUtcNow() - batch.ReceivedAt);

    // What the persons asked about will read of it.
    private static AccessEvent Access(KnownClient client, Batch batch, BatchTerms agreed) => new()
    {
        Agency = client.Agency,
        Purpose = batch.Purpose,
        Provision = agreed.Grant.Provision,
        Fact = agreed.Fact.Id,
        RevealedAt = BatchAccess.RevealedAt(batch.SealedUntil),
    };

    private VerifyRequest Request(Batch batch, BatchTerms agreed, TouchedNumbers touched, WorkFolder folder) => new()
    {
        InputPath = folder.File("input"),
        InputName = batch.Name,
        OutputPath = folder.File(FileNames.Result("result" + FileNames.Extension(batch.Name), batch.Language)),
        ProblemsPath = folder.File("problems.csv"),
        // They go into the database, whose commit counts. Waiting for the disk here would hold up the ledger's commits: they share it.
        IsPassing = true,
        Language = batch.Language,
        Encoding = BatchBody.FormOf(batch.Encoding),
        Columns = BatchJson.Columns(batch.Columns),
        Policy = agreed.Policy,
        Touched = touched,
        MaxAge = options.OldAfter,
        ProblemLimit = 0,
        // One thread: the other processors are for single questions.
        Threads = 1,
    };

    private static List<string> Compared(BatchTerms agreed, VerifyReport report) =>
        [.. report.Input.Sheets.SelectMany(sheet => sheet.Columns).Select(column => column.Name).Distinct().Where(agreed.Compares)];

    // A disk may be well again in a moment; a damaged register is not without somebody's help.
    private static Exception Ours(Refusal refusal)
    {
        var sentence = $"The file could not be verified here: {refusal.Code}.";
        return refusal.Code.StartsWith("output.", StringComparison.Ordinal) ? new IOException(sentence) : new InvalidOperationException(sentence);
    }

    // A full disk or a damaged register is nothing the client can mend.
    private static bool IsOurs(Refusal refusal) => refusal.Code.StartsWith("output.", StringComparison.Ordinal) || refusal.Code.StartsWith("register_", StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Information, "Batch …{Batch} is done, {Rows} rows in {Seconds:0.00} s")]
    private partial void Done(string batch, long rows, double seconds);

    [LoggerMessage(LogLevel.Information, "Batch …{Batch} is refused: {Code}")]
    private partial void Refused(string batch, string code);

    [LoggerMessage(LogLevel.Information, "Batch …{Batch} was cancelled or taken by another worker; work on it ended")]
    private partial void LetGo(string batch);

    [LoggerMessage(LogLevel.Error, "Attempt {Attempt} at batch …{Batch} failed")]
    private partial void Failed(Exception fault, string batch, int attempt);
}
