using Liuzhuan.Platform.Hosting;

namespace Liuzhuan.Tests.Platform.Hosting;

public class QuietThreadTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_of_the_work_is_done_on_one_thread_that_is_not_of_the_pool()
    {
        var threads = await QuietThread.RunAsync(async () =>
        {
            var seen = new List<(int Thread, bool IsPool)> { Here() };
            await Task.Yield();
            seen.Add(Here());
            await Task.Delay(1, Stop);
            seen.Add(Here());
            await Task.Run(() => { }, Stop);
            seen.Add(Here());
            return seen;
        });

        Assert.False(threads[0].IsPool);
        Assert.Single(threads.Distinct());
    }

    [Fact]
    public async Task What_others_wait_for_may_be_done_on_the_pool()
    {
        var (_, isPool) = await QuietThread.RunAsync(async () => await Task.Run(Here, Stop));

        Assert.True(isPool);
    }

    [Fact]
    public async Task The_system_lets_it_step_back()
    {
        if (!OperatingSystem.IsLinux()) return;
        var niceness = await QuietThread.RunAsync(async () =>
        {
            await Task.Yield();
            // proc(5): the name stands in brackets and may hold spaces; niceness is field 19 of the whole.
            var fields = (await File.ReadAllTextAsync("/proc/thread-self/stat", Stop)).Split(") ")[^1].Split(' ');
            return int.Parse(fields[16], null);
        });

        Assert.Equal(10, niceness);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fault_comes_back_as_it_was_thrown(bool isLater)
    {
        async Task<int> FailAsync()
        {
            if (isLater) await Task.Yield();
            throw new InvalidDataException("as it was");
        }

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => QuietThread.RunAsync(FailAsync));
        Assert.Equal("as it was", fault.Message);
        fault = await Assert.ThrowsAsync<InvalidDataException>(() => QuietThread.RunAsync<int>(() => throw new InvalidDataException("at once")));
        Assert.Equal("at once", fault.Message);
    }

    [Fact]
    public async Task Cancelled_work_comes_back_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var work = QuietThread.RunAsync(async () =>
        {
            await Task.Delay(Timeout.Infinite, cancel.Token);
            return 0;
        });
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.True(work.IsCanceled);
    }

    [Fact]
    public async Task What_the_work_leaves_running_goes_on_elsewhere()
    {
        var (gate, ended) = (new TaskCompletionSource(), new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        async Task LeaveAsync()
        {
            await gate.Task;
            ended.SetResult(Thread.CurrentThread.IsThreadPoolThread);
        }

        await QuietThread.RunAsync(() =>
        {
            _ = LeaveAsync();
            return Task.FromResult(0);
        });
        gate.SetResult();

        Assert.True(await ended.Task.WaitAsync(TimeSpan.FromMinutes(1), Stop));
    }

    private static (int Thread, bool IsPool) Here() => (Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread);
}
