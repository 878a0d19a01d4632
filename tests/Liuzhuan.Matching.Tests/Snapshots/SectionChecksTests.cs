using System.Collections.Concurrent;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public sealed class SectionChecksTests
{
    private static readonly Section[] All = Enum.GetValues<Section>();

    [Fact]
    public async Task Threads_share_the_sections_and_all_return_when_all_are_checked()
    {
        var (checks, checkedOnes) = (new SectionChecks(Header()), new ConcurrentQueue<Section>());
        using var both = new Barrier(2);
        // Each thread takes its first section while the other one has one.
        var threads = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var isFirst = true;
            checks.Run(section =>
            {
                if (isFirst) both.SignalAndWait(TestContext.Current.CancellationToken);
                isFirst = false;
                checkedOnes.Enqueue(section);
            });
            return checkedOnes.Count;
        })).ToArray();
        Assert.All(await Task.WhenAll(threads), count => Assert.Equal(All.Length, count));
        Assert.Equal(All, checkedOnes.Order());
        checks.Run(_ => Assert.Fail("What is checked is not checked again."));
    }

    [Fact]
    public void The_largest_section_comes_first()
    {
        var order = new List<Section>();
        new SectionChecks(Header()).Run(order.Add);
        Assert.Equal([Section.Buckets, Section.Cold], order.Take(2));
    }

    [Fact]
    public void Whoever_asks_again_finds_the_damage_again()
    {
        var checks = new SectionChecks(Header());
        void Check(Section section)
        {
            if (section == Section.Cold) throw new RegisterException("register_corrupt", "Damaged.");
        }

        for (var i = 0; i < 2; i++) Assert.Throws<RegisterException>(() => checks.Run(Check));
    }

    [Fact]
    public async Task A_check_that_was_broken_off_is_taken_up_by_who_waits_for_it()
    {
        var checks = new SectionChecks(Header());
        using var begun = new SemaphoreSlim(0);
        using var end = new SemaphoreSlim(0);
        var broken = Task.Run(() => checks.Run(_ =>
        {
            begun.Release();
            end.Wait(TestContext.Current.CancellationToken);
            throw new OperationCanceledException();
        }));
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        var seen = new ConcurrentQueue<Section>();
        var waiting = Task.Run(() => checks.Run(seen.Enqueue), TestContext.Current.CancellationToken);
        end.Release();
        await Assert.ThrowsAsync<OperationCanceledException>(() => broken);
        await waiting;
        Assert.Equal(All, seen.Order());
    }

    private static SnapshotHeader Header() => new()
    {
        Sections = [.. All.Select(section => new SectionEntry(0, section switch { Section.Buckets => 1000, Section.Cold => 500, _ => (long)section }, 0, new byte[32]))],
    };
}
