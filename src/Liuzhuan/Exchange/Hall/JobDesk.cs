using System.Collections.Concurrent;
using System.Threading.Channels;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Takes dropped files in, works through them, and knows how far each is.</summary>
internal sealed partial class JobDesk(JobStore store, HallOptions options, VerifyRun verify, TimeProvider clock, ILogger<JobDesk> log)
{
    public static readonly Refusal Busy = new("upload.busy",
        "等待核验的文件太多，这份文件没有收下。请过几分钟再放一次。",
        "Too many files are waiting, so this one was not taken. Drop it again in a few minutes.",
        StatusCodes.Status503ServiceUnavailable);

    private const int MaxAttempts = 3;

    private static readonly Refusal Fault = new("job.fault",
        "核验这份文件时程序出错，没有生成结果。请再放一次；如果仍然出错，请联系管理员，并告知页面网址最后六位。",
        "Verifying this file failed on our side and there is no result. Drop it again; if it fails again, tell the administrator the last six characters of this page's address.",
        StatusCodes.Status500InternalServerError);

    private static readonly Refusal Interrupted = new("job.interrupted",
        "服务在核验这份文件时三次中断，已不再重试。请把文件拆小后再放一次，或者联系管理员。",
        "The server ended three times while it worked on this file, so it was set aside. Split the file and drop it again, or ask the administrator.",
        StatusCodes.Status500InternalServerError);

    private readonly Channel<string> _waiting = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, Work> _running = new();

    public bool IsFull => _waiting.Reader.Count >= options.QueueLength;

    public ChannelReader<string> Waiting => _waiting.Reader;

    /// <summary>Accepts a file whose upload is complete on disk. From here on it is not lost.</summary>
    public void Accept(string id, string name, long bytes, string language, Errand? errand = null)
    {
        store.Save(new Job { Id = id, Name = name, Bytes = bytes, Language = language, ReceivedAt = clock.GetUtcNow(), Errand = errand });
        _waiting.Writer.TryWrite(id);
        Accepted(Short(id), bytes);
    }

    /// <summary>Keeps a file whose upload is complete on disk, for a verification that somebody else asks for.</summary>
    public void Hold(string id, string name, long bytes, string language)
    {
        store.Save(new Job { Id = id, Name = name, Bytes = bytes, Language = language, ReceivedAt = clock.GetUtcNow(), Phase = JobPhase.Held });
        Held(Short(id), bytes);
    }

    /// <summary>Has a kept file verified. Asked again, it changes nothing.</summary>
    public void Begin(string id, Errand errand)
    {
        if (store.Find(id) is not { Phase: JobPhase.Held } job) return;
        store.Save(job with { Phase = JobPhase.Waiting, Errand = errand });
        _waiting.Writer.TryWrite(id);
        Accepted(Short(id), job.Bytes);
    }

    public VerifyProgress? ProgressOf(string id) => _running.TryGetValue(id, out var work) ? work.Progress : null;

    /// <summary>Deletes upload and results at once, stopping work on it.</summary>
    public void Delete(string id)
    {
        store.Delete(id);
        // Looked up after deleting: work begun since then finds no job, work begun before is stopped and cleans up behind itself.
        if (_running.TryGetValue(id, out var work)) work.Abandon();
        Deleted(Short(id));
    }

    /// <summary>After a start: clears away half uploads, and puts unfinished jobs back in the queue.</summary>
    public void Recover()
    {
        store.DeleteUnaccepted();
        foreach (var job in store.All().Where(job => job.IsOpen).OrderBy(job => job.ReceivedAt))
        {
            if (job.Attempts >= MaxAttempts)
            {
                store.Save(job with { Phase = JobPhase.Failed, Refusal = Interrupted });
                continue;
            }

            _waiting.Writer.TryWrite(job.Id);
            Requeued(Short(job.Id), job.Attempts);
        }
    }

    /// <summary>Verifies one file to its end, whatever that is. Only an ending server leaves it open.</summary>
    public async Task RunAsync(string id, CancellationToken stop)
    {
        using var work = new Work(stop);
        if (!_running.TryAdd(id, work)) return;
        Job? job = null;
        try
        {
            job = store.Find(id);
            if (job is not { IsOpen: true }) return;

            job = job with { Phase = JobPhase.Running, Attempts = job.Attempts + 1 };
            store.Save(job);
            var begun = job;
            var ended = await Task.Factory.StartNew(() => Verify(begun, work), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (!work.IsAbandoned) store.Save(ended with { EndedAt = clock.GetUtcNow() });
        }
        catch (OperationCanceledException) when (job is not null && stop.IsCancellationRequested && !work.IsAbandoned)
        {
            // The server was asked to end: that is no failed attempt.
            store.Save(job with { Phase = JobPhase.Waiting, Attempts = job.Attempts - 1 });
        }
        catch (Exception) when (work.IsAbandoned)
        {
            // Deleted while running: its folder may vanish under our hands.
        }
        finally
        {
            _running.TryRemove(id, out _);
            if (work.IsAbandoned) store.Delete(id);
        }
    }

    private Job Verify(Job job, Work work)
    {
        var request = new VerifyRequest
        {
            InputPath = store.InputPath(job),
            InputName = job.Name,
            OutputPath = store.ResultPath(job),
            ProblemsPath = store.ProblemsPath(job),
            ReportPath = store.ReportPath(job),
            Language = job.Language,
            MaxAge = options.OldAfter,
            Errand = job.Errand,
        };
        try
        {
            store.ClearResults(job);
            if (!verify(request, progress => work.Progress = progress, work.Stop).Ok(out var report, out var refusal))
            {
                Refused(Short(job.Id), refusal.Code);
                return job with { Phase = JobPhase.Refused, Refusal = refusal };
            }

            Verified(Short(job.Id), report.Rows, report.Seconds);
            return job with { Phase = JobPhase.Done, Report = report };
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !work.IsAbandoned)
        {
            Failed(fault, Short(job.Id));
            return job with { Phase = JobPhase.Failed, Refusal = Fault };
        }
    }

    // The whole id opens the page, so logs hold only its end: enough to find a job, too little to open it.
    private static string Short(string id) => id[^6..];

    [LoggerMessage(LogLevel.Information, "Job …{Job} accepted, {Bytes} bytes")]
    private partial void Accepted(string job, long bytes);

    [LoggerMessage(LogLevel.Information, "Job …{Job} kept, {Bytes} bytes")]
    private partial void Held(string job, long bytes);

    [LoggerMessage(LogLevel.Information, "Job …{Job} verified, {Rows} rows in {Seconds:0.00} s")]
    private partial void Verified(string job, long rows, double seconds);

    [LoggerMessage(LogLevel.Information, "Job …{Job} refused: {Code}")]
    private partial void Refused(string job, string code);

    [LoggerMessage(LogLevel.Error, "Job …{Job} failed")]
    private partial void Failed(Exception fault, string job);

    [LoggerMessage(LogLevel.Information, "Job …{Job} is taken up again after {Attempts} interrupted attempts")]
    private partial void Requeued(string job, int attempts);

    [LoggerMessage(LogLevel.Information, "Job …{Job} deleted")]
    private partial void Deleted(string job);

    /// <summary>One running verification.</summary>
    private sealed class Work(CancellationToken stop) : IDisposable
    {
        private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        private readonly Lock _gate = new();
        private VerifyProgress _progress = new("recognising", 0, 0);
        private volatile bool _abandoned;

        public CancellationToken Stop => _stop.Token;

        public bool IsAbandoned => _abandoned;

        public VerifyProgress Progress
        {
            get { lock (_gate) return _progress; }
            set { lock (_gate) _progress = value; }
        }

        public void Abandon()
        {
            _abandoned = true;
            try
            {
                _stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended at this very moment.
            }
        }

        public void Dispose() => _stop.Dispose();
    }
}
