using System.Diagnostics;

namespace Liuzhuan.Tests.Commands;

/// <summary>
/// Starts the same command again and again and kills it, in turn: from its first file in the folder on, while that is in the making; at the change of the
/// file it is all about, where that is put in place; and anywhere in its life. How long after is drawn from a seed.
/// </summary>
/// <param name="target">The file that the command writes.</param>
internal sealed class KillLoop(string target, int seed)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    private readonly Random _random = new(seed);

    /// <summary>Runs that were really killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Kills that left an unfinished file behind: without any, the loop has shown nothing.</summary>
    public int Interrupted { get; private set; }

    /// <param name="usual">Kills in the ordinary run; the long one has fifty.</param>
    /// <param name="prepare">Puts the state before the run in place; unfinished files of earlier runs stay where they are.</param>
    /// <param name="check">Looks at what is there now; told whether the command had reported success.</param>
    public async Task RunAsync(int usual, Action prepare, Action<bool> check, params string[] args)
    {
        prepare();
        var watch = Stopwatch.StartNew();
        var whole = await Child.RunAsync(args);
        var length = watch.Elapsed;
        Assert.Equal((0, ""), (whole.Code, whole.Error));
        check(true);

        var rounds = IsLong ? 50 : usual;
        for (var round = 0; Kills < rounds && round < rounds * 4; round++)
        {
            prepare();
            var before = Unfinished();
            var success = await KilledAsync(round, length, args);
            if (Unfinished() > before) Interrupted++;
            check(success);
        }

        Assert.Equal(rounds, Kills);

        // Nothing that the killed ones left is in the way of the next one, nor stays behind it. An empty file is spared while it is younger than a second.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        prepare();
        whole = await Child.RunAsync(args);
        Assert.Equal((0, ""), (whole.Code, whole.Error));
        check(true);
        Assert.Equal(0, Unfinished());
    }

    private async Task<bool> KilledAsync(int round, TimeSpan length, string[] args)
    {
        var (names, written) = (Names(), File.GetLastWriteTimeUtc(target));
        using var child = Child.Start(args);
        var share = _random.NextDouble();
        switch (round % 3)
        {
            case 0:
                while (!child.HasExited && Names() == names) await Task.Delay(1);
                if (round > 0) await Task.Delay(length * (share * share / 2));
                break;
            case 1:
                while (!child.HasExited && File.GetLastWriteTimeUtc(target) == written) Thread.Sleep(0);
                if (round > 1) await Task.Delay(TimeSpan.FromMilliseconds(3 * share));
                break;
            default:
                await Task.Delay(length * share);
                break;
        }

        child.Kill();
        var ended = await child.EndAsync();
        if (ended.Code == Child.Killed) Kills++;
        else Assert.Equal((0, ""), (ended.Code, ended.Error));
        return ended.Code == 0;
    }

    private int Unfinished() => Files().Count(file => file.Extension == ".tmp");

    private string Names() => string.Join('/', Files().Select(file => file.Name).Order(StringComparer.Ordinal));

    private IEnumerable<FileInfo> Files() => new FileInfo(target).Directory!.EnumerateFiles("*", new EnumerationOptions { AttributesToSkip = 0 });
}
