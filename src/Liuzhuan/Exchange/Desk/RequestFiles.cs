using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Desk;

/// <summary>The files of requests and their results: apart from those that are dropped on the page, because they are kept for longer and opened by others.</summary>
internal sealed class RequestFiles : IDisposable
{
    private const string Folder = "exchange";

    private static readonly TimeSpan UnnamedFor = TimeSpan.FromDays(1);

    /// <param name="dropped">The bounds of the drop page, which hold here too.</param>
    public RequestFiles(HallOptions dropped, DeskOptions options, VerifyRun verify, TimeProvider clock, ILogger<JobDesk> log)
    {
        var beside = Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(dropped.JobsDirectory)) ?? dropped.JobsDirectory, Folder);
        Options = dropped with { JobsDirectory = PrivateFolder.Create(beside).FullName, KeepFor = options.KeepRequestsFor };
        Store = new JobStore(Options, clock);
        Desk = new JobDesk(Store, Options, verify, clock, log);
    }

    public HallOptions Options { get; }

    public JobStore Store { get; }

    public JobDesk Desk { get; }

    /// <summary>Deletes folders that no request names: a server that is killed between the file and the row leaves one. Those of the last day may yet get their row.</summary>
    /// <returns>How many they were.</returns>
    public async Task<int> DeleteUnnamedAsync(DataStore store, DateTimeOffset now, CancellationToken stop)
    {
        var old = Store.OlderThan(now - UnnamedFor);
        if (old.Count == 0) return 0;
        await using var connection = await store.OpenAsync(stop);
        var named = await connection.ListAsync(null, "select job from exchange_requests", row => row.GetString(0), stop);
        var unnamed = old.Except(named).ToList();
        foreach (var id in unnamed) Desk.Delete(id);
        return unnamed.Count;
    }

    public void Dispose() => Store.Dispose();
}

/// <summary>The bounds of the exchange desk.</summary>
internal sealed record DeskOptions
{
    /// <summary>Files of requests and their results are deleted after this time.</summary>
    public required TimeSpan KeepRequestsFor { get; init; }
}
