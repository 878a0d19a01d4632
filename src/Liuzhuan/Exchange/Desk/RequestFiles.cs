using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Desk;

/// <summary>The files of requests and their results: apart from those that are dropped on the page, because they are kept for longer and opened by others.</summary>
internal sealed class RequestFiles : IDisposable
{
    private const string Folder = "exchange";

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

    public void Dispose() => Store.Dispose();
}

/// <summary>The bounds of the exchange desk.</summary>
internal sealed record DeskOptions
{
    /// <summary>Files of requests and their results are deleted after this time.</summary>
    public required TimeSpan KeepRequestsFor { get; init; }
}
