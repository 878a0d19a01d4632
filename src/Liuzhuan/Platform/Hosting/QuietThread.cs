using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Liuzhuan.Platform.Hosting;

/// <summary>
/// Runs long work on a thread of its own that steps back whenever anything else wants the processor: a batch must not make single questions wait. What comes
/// after an await runs on that thread again, so the whole of the work is quiet. What others wait for while it runs, such as a turn to write, belongs on
/// the pool instead (<see cref="Task.Run(Action)"/>): held by a thread that steps back, it would be held long.
/// </summary>
internal static class QuietThread
{
    // Linux gives a thread of this niceness about a tenth of what a normal one gets when both are busy (sched(7)), and all that is left over.
    private const int Niceness = 10, OfThisThread = 0;

    public static Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            StepBack();
            done.SetFromTask(Complete(work));
        })
        { IsBackground = true, Name = "liuzhuan quiet", Priority = ThreadPriority.BelowNormal };
        thread.Start();
        return done.Task;
    }

    // Gives back a task that has ended, however it did.
    private static Task<T> Complete<T>(Func<Task<T>> work)
    {
        using var rest = new Continuations();
        SynchronizationContext.SetSynchronizationContext(rest);
        Task<T> task;
        try
        {
            task = work();
        }
        catch (Exception fault)
        {
            return Task.FromException<T>(fault);
        }

        rest.RunUntil(task);
        return task;
    }

    // The runtime does not pass a thread's priority on to Linux. Where the call is refused the work is merely not quiet.
    private static void StepBack()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(0, OfThisThread, Niceness);
    }

    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);

    /// <summary>Brings what comes after an await back to the thread.</summary>
    private sealed class Continuations : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<(SendOrPostCallback Call, object? State)> _next = [];

        public void RunUntil(Task task)
        {
            task.ContinueWith(_ => _next.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            foreach (var (call, state) in _next.GetConsumingEnumerable()) call(state);
        }

        public override void Post(SendOrPostCallback d, object? state)
        {
            try
            {
                _next.Add((d, state));
            }
            catch (InvalidOperationException)
            {
                // The work has ended; what it left running, such as the handler of an event, goes on elsewhere.
                base.Post(d, state);
            }
        }

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits for a quiet thread.");

        public void Dispose() => _next.Dispose();
    }
}
