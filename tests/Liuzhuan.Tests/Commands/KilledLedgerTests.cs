using System.Globalization;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Checking;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;

namespace Liuzhuan.Tests.Commands;

/// <summary>The program is killed again and again while it appends; what it had told is there, nothing is there twice, and the log stays sound.</summary>
[Collection(ProcessGround.Name)]
public sealed class KilledLedgerTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all" ? 100 : 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("liuzhuan-killed-ledger-").FullName;

    [Fact]
    public async Task Killing_one_of_two_writers_at_any_moment_loses_and_doubles_nothing_that_was_told()
    {
        Assert.Equal(0, (await Child.RunAsync("migrate", "--data", _folder)).Code);
        var (random, told, next, kills) = (new Random(11), new Dictionary<int, long>(), 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            using var survivor = Child.Start("ledger", "record", "--data", _folder);
            using var victim = Child.Start("ledger", "record", "--data", _folder);
            var (first, feeding) = (next, new List<Task<int>> { FeedAsync(victim, next, 200_000), FeedAsync(survivor, next + 200_000, 400) });
            next += 200_400;
            await victim.UntilAsync(() => victim.Lines > 0);
            await Task.Delay(random.Next(0, 120));
            victim.Kill();
            await feeding[0];
            Assert.Equal(400, await feeding[1]);
            survivor.Input.Close();
            var (killed, ended) = (await victim.EndAsync(), await survivor.EndAsync());
            if (killed.Code == Child.Killed) kills++;
            Assert.Equal((0, ""), (ended.Code, ended.Error));
            Keep(told, first, killed.Output);
            Keep(told, first + 200_000, ended.Output);
        }

        Assert.Equal(Rounds, kills);
        await AssertSoundAsync(told);
        TestContext.Current.TestOutputHelper?.WriteLine($"ledger: {kills} kills, {told.Count} entries told");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Gives back how many lines the child took before it was gone.
    private static async Task<int> FeedAsync(Child child, int first, int count)
    {
        var fed = 0;
        try
        {
            for (; fed < count; fed++) await child.Input.WriteAsync(Encoding.ASCII.GetBytes($"{{\"number\":{first + fed}}}\n"));
            await child.Input.FlushAsync();
        }
        catch (IOException)
        {
            // It was killed.
        }

        return fed;
    }

    // The positions come in the order of the lines; the last one may have been cut off.
    private static void Keep(Dictionary<int, long> told, int first, string output)
    {
        var lines = output.Split('\n');
        for (var i = 0; i < lines.Length - 1; i++) told.Add(first + i, long.Parse(lines[i], CultureInfo.InvariantCulture));
    }

    private async Task AssertSoundAsync(Dictionary<int, long> told)
    {
        await using var store = new DataStore(new DataOptions(), _folder);
        Assert.True(KeyFolder.Open(Path.Combine(_folder, "keys"), TimeProvider.System).Ok(out var keys, out _));
        var key = NoteKey.Of(new LedgerOptions().Origin, keys.Current(KeyPurposes.Ledger, SigningSuites.Ed25519.Id));
        await using var source = new DatabaseSource(store);
        Assert.True(Checkpoint.Open(await source.CheckpointAsync(CancellationToken.None), key).Ok(out var checkpoint, out var refusal), refusal?.English);
        var report = await new LogCheck(source, [("note", checkpoint)], TimeProvider.System).RunAsync(null, CancellationToken.None);
        Assert.Empty(report.Findings.Select(finding => finding.Sentence().English));
        Assert.Equal(checkpoint.Size, report.Entries);

        await using var connection = await store.OpenAsync(CancellationToken.None);
        var leaves = await connection.ListAsync(null, "select leaf from ledger_entries order by position", row => row.GetFieldValue<byte[]>(0), CancellationToken.None);
        var numbers = leaves.Select(leaf => JsonDocument.Parse(leaf).RootElement.GetProperty("detail")).Where(detail => detail.TryGetProperty("number", out _)).Select(detail => detail.GetProperty("number").GetInt32()).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        foreach (var (number, position) in told) Assert.Contains($"{{\"number\":{number}}}", Encoding.UTF8.GetString(leaves[(int)position]), StringComparison.Ordinal);
    }
}
