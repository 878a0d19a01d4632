using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Tests.Platform.Ledger.Accesses;

public sealed class RunFileTests : IDisposable
{
    private const long Run = 0x1234_5678_9ABC, Key = -5;

    private readonly string _folder = Directory.CreateTempSubdirectory("liuzhuan-run-").FullName;

    private string Place => Path.Combine(_folder, "a.run");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1, 1)]
    [InlineData(3, 500, 0, 7)]
    public void Blocks_come_back_in_their_order(params int[] pieces)
    {
        var (random, blocks) = (new Random(pieces.Length), new List<RunBlock>());
        using (var writer = new RunFile.Writer(Place))
        {
            foreach (var count in pieces)
            {
                List<RunBlock> some = [.. Blocks(random, count)];
                blocks.AddRange(some);
                writer.Write(some);
                Assert.Empty(some);
            }

            writer.Finish(9, Run, Key);
        }

        var read = RunFile.Read(Place, Run, Key).SelectMany(piece => piece).ToList();
        Assert.Equal(blocks.Select(block => block.First), read.Select(block => block.First));
        Assert.Equal(blocks.Select(block => block.Content), read.Select(block => block.Content));
    }

    [Fact]
    public void A_file_that_was_cut_off_lengthened_or_changed_anywhere_is_refused_by_its_name()
    {
        using (var writer = new RunFile.Writer(Place))
        {
            writer.Write([.. Blocks(new Random(1), 3)]);
            writer.Write([.. Blocks(new Random(2), 2)]);
            writer.Finish(9, Run, Key);
        }

        var sound = File.ReadAllBytes(Place);
        AssertSound();
        for (var at = 0; at < sound.Length; at++)
        {
            AssertDamaged(sound[..at]);
            var changed = sound.ToArray();
            changed[at] ^= (byte)(1 << at % 8);
            AssertDamaged(changed);
        }

        AssertDamaged([.. sound, 0]);
        File.WriteAllBytes(Place, sound);
        AssertSound();
        Assert.Throws<DataRefusedException>(() => RunFile.Read(Place, Run + 1, Key).Count());
        Assert.Throws<DataRefusedException>(() => RunFile.Read(Place, Run, Key + 1).Count());
    }

    [Fact]
    public void What_is_not_there_is_told_apart_and_what_is_there_not_overwritten()
    {
        Assert.Throws<FileNotFoundException>(() => RunFile.Read(Place, Run, Key).Count());
        Assert.Throws<FileNotFoundException>(() => RunFile.Read(Path.Combine(_folder, "none", "a.run"), Run, Key).Count());
        File.WriteAllText(Place, "mine");
        Assert.Throws<IOException>(() => new RunFile.Writer(Place));
        Assert.Equal("mine", File.ReadAllText(Place));
    }

    private void AssertSound() => Assert.Equal(2, RunFile.Read(Place, Run, Key).Count());

    private void AssertDamaged(byte[] bytes)
    {
        File.WriteAllBytes(Place, bytes);
        Assert.Contains(Place, Assert.Throws<DataRefusedException>(() => RunFile.Read(Place, Run, Key).Count()).Refusal.Chinese, StringComparison.Ordinal);
    }

    private static IEnumerable<RunBlock> Blocks(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var content = new byte[random.Next(12, 60)];
            random.NextBytes(content);
            yield return new RunBlock((ulong)random.NextInt64(long.MinValue, long.MaxValue), content);
        }
    }
}
