using System.Text;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>Notices when the clock runs behind the log, and has it recorded in the log itself, once until it has caught up.</summary>
internal sealed partial class BackwardClock(ILogger log)
{
    // Hosts that follow a time service differ by less.
    private const long Tolerance = TimeSpan.TicksPerSecond;

    private bool _isRecorded;

    /// <summary>The entry that records it; null when there is nothing to record.</summary>
    public Pending? Notice(DateTimeOffset now, DateTimeOffset lastAt)
    {
        var behind = (lastAt - now).Ticks > Tolerance;
        if (!behind) _isRecorded = false;
        if (!behind || _isRecorded) return null;
        var clock = Encoding.ASCII.GetString(LeafText.Time(now));
        return new Pending(new NewEntry("administration", "ledger", Encoding.ASCII.GetBytes($"{{\"act\":\"clock-behind\",\"clock\":\"{clock}\"}}")));
    }

    /// <summary>To be told what became durable.</summary>
    public void Written(Pending? notice)
    {
        if (notice is null) return;
        _isRecorded = true;
        Behind();
    }

    [LoggerMessage(LogLevel.Warning, "The clock is behind the ledger's last entry; entries bear that entry's time until it has caught up. Check the time service of this host")]
    private partial void Behind();
}
