using System.Runtime.InteropServices;

namespace Liuzhuan.Exchange.Batches.Working;

/// <summary>Runs long work on a thread of its own that steps back whenever anything else wants the processor: a batch must not make single questions wait.</summary>
internal static class QuietThread
{
    // Linux gives a thread of this niceness about a tenth of what a normal one gets when both are busy (sched(7)), and all that is left over.
    private const int Niceness = 10, OfThisThread = 0;

    public static Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            StepBack();
            try
            {
                done.SetResult(work());
            }
            catch (Exception fault)
            {
                done.SetException(fault);
            }
        })
        { IsBackground = true, Name = "liuzhuan quiet", Priority = ThreadPriority.BelowNormal };
        thread.Start();
        return done.Task;
    }

    // The runtime does not pass a thread's priority on to Linux. Where the call is refused the work is merely not quiet.
    private static void StepBack()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(0, OfThisThread, Niceness);
    }

    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);
}
