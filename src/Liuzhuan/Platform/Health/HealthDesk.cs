using System.Collections.Concurrent;

namespace Liuzhuan.Platform.Health;

/// <summary>Looks at everything, at most once in a second however many ask, and tells the log what changed. A check that does not return cannot hold the others up.</summary>
internal sealed partial class HealthDesk(IEnumerable<HealthCheck> checks, TimeProvider clock, ILogger<HealthDesk> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(3);

    private static readonly HealthFinding Silent = HealthFinding.Dead("这一项检查没有在时限内完成：所依赖的数据库或磁盘没有响应，请检查它们。", "This check did not end in time: the database or disk it depends on does not respond. Look at them.");

    private readonly HealthCheck[] _checks = [.. checks];
    private readonly ConcurrentDictionary<string, Task<HealthFinding>> _running = new();
    private readonly ConcurrentDictionary<string, HealthState> _told = new();
    private readonly Lock _gate = new();
    private Task<HealthReport>? _latest;
    private long _lookedAt;

    /// <summary>How everything fares now, or did less than a second ago.</summary>
    public Task<HealthReport> LookAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            if (_latest is null || (_latest.IsCompleted && clock.GetElapsedTime(_lookedAt) > Fresh)) (_latest, _lookedAt) = (Task.Run(LookAsync, CancellationToken.None), clock.GetTimestamp());
            return _latest.WaitAsync(stop);
        }
    }

    /// <summary>What the last look found; null before the first.</summary>
    public HealthReport? Last { get; private set; }

    private async Task<HealthReport> LookAsync()
    {
        var findings = await Task.WhenAll(_checks.Select(LookAsync));
        var report = new HealthReport([.. _checks.Zip(findings, (check, finding) => (check.Name, finding))]);
        foreach (var (name, finding) in report.Findings) Tell(name, finding);
        Last = report;
        return report;
    }

    private async Task<HealthFinding> LookAsync(HealthCheck check)
    {
        // One that still runs from the last time is not begun again.
        var look = _running.GetOrAdd(check.Name, _ => Task.Run(() => check.LookAsync(CancellationToken.None)));
        try
        {
            // Measured by the real clock: this is about programs that hang, not about the time of day.
            var found = await look.WaitAsync(Patience);
            _running.TryRemove(check.Name, out _);
            return found;
        }
        catch (TimeoutException) when (!look.IsCompleted)
        {
            return Silent;
        }
        catch (Exception fault)
        {
            _running.TryRemove(check.Name, out _);
            if (_told.GetValueOrDefault(check.Name) != HealthState.Dead) Failed(fault, check.Name);
            return HealthFinding.Dead("这一项检查出错：原因见服务日志。", "This check failed: the service's log has the cause.");
        }
    }

    private void Tell(string name, HealthFinding finding)
    {
        var before = _told.GetValueOrDefault(name);
        _told[name] = finding.State;
        if (before == finding.State) return;
        if (finding.State == HealthState.Healthy) Mended(name);
        else Worse(name, HealthReport.Code(finding.State), finding.English);
    }

    [LoggerMessage(LogLevel.Warning, "Health of {Check} is {State}: {Sentence}")]
    private partial void Worse(string check, string state, string sentence);

    [LoggerMessage(LogLevel.Information, "Health of {Check} is healthy again")]
    private partial void Mended(string check);

    [LoggerMessage(LogLevel.Error, "The health check {Check} failed")]
    private partial void Failed(Exception fault, string check);
}
