using System.Text;
using Liuzhuan.Commands;

namespace Liuzhuan.Tests.Commands;

/// <summary>What an auditor and an operator do, from the command line, with files only.</summary>
public sealed class LedgerCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liuzhuan-ledger-").FullName;

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task An_auditor_with_an_export_and_the_key_finds_it_sound_and_a_changed_one_not()
    {
        await RecordAsync(300);
        await File.WriteAllTextAsync(At("key"), (await DoneAsync("ledger", "key", "--data", Data)).Output);
        await DoneAsync("ledger", "export", At("first"), "--data", Data);
        await RecordAsync(300);
        await DoneAsync("ledger", "export", At("log"), "--data", Data);
        await DoneAsync("ledger", "show", "250", "--receipt", At("receipt.json"), "--data", Data);

        Assert.Contains("核对了 600 条", (await DoneAsync("ledger", "check", "--data", Data)).Output, StringComparison.Ordinal);
        var sound = await DoneAsync("ledger", "check", At("log"), "--key", At("key"), "--earlier", At("first/checkpoint"));
        Assert.Contains("账本完好", sound.Output, StringComparison.Ordinal);
        Assert.Contains("第 250 条", (await DoneAsync("ledger", "receipt", At("receipt.json"), "--key", At("key"))).Output, StringComparison.Ordinal);

        var bundle = At("log/tile/entries/001");
        var bytes = File.ReadAllBytes(bundle);
        File.WriteAllBytes(bundle, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("{\"number\":10}", "{\"number\":19}", StringComparison.Ordinal)));
        var (code, output, error) = await RunAsync("ledger", "check", At("log"), "--key", At("key"), "--lang", "en");
        Assert.Equal(2, code);
        Assert.Contains("Entry 310 was changed", output, StringComparison.Ordinal);
        Assert.Contains("not sound", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_checkpoints_are_compared_with_a_proof_alone()
    {
        await RecordAsync(3);
        await DoneAsync("ledger", "export", At("a"), "--data", Data);
        await RecordAsync(4);
        await DoneAsync("ledger", "export", At("b"), "--data", Data);
        var key = (await DoneAsync("ledger", "key", "--data", Data)).Output.Trim();
        using (var store = new Liuzhuan.Platform.Data.DataStore(new(), Data))
        {
            var proof = await new Liuzhuan.Platform.Ledger.LedgerLog(store).ConsistencyAsync(3, 7, CancellationToken.None);
            await File.WriteAllTextAsync(At("proof.json"), $"{{\"path\":[{string.Join(',', proof.Select(hash => $"\"{hash}\""))}]}}");
        }

        Assert.Contains("延续", (await DoneAsync("ledger", "check", "--checkpoint", At("b/checkpoint"), "--earlier", At("a/checkpoint"), "--proof", At("proof.json"), "--key", key)).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(At("proof.json"), "{\"path\":[]}");
        Assert.Equal(2, (await RunAsync("ledger", "check", "--checkpoint", At("b/checkpoint"), "--earlier", At("a/checkpoint"), "--proof", At("proof.json"), "--key", key)).Code);
    }

    [Fact]
    public async Task A_log_shorter_than_an_earlier_checkpoint_is_not_sound()
    {
        await RecordAsync(5);
        await DoneAsync("ledger", "export", At("a"), "--data", Data);
        await RecordAsync(2);
        await DoneAsync("ledger", "export", At("b"), "--data", Data);
        var key = (await DoneAsync("ledger", "key", "--data", Data)).Output.Trim();
        var (code, output, _) = await RunAsync("ledger", "check", At("a"), "--earlier", At("b/checkpoint"), "--key", key, "--lang", "en");
        Assert.Equal(2, code);
        Assert.Contains("Entry 5 is missing", output, StringComparison.Ordinal);
        Assert.Contains("Entry 6 is missing", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_refusal_is_exit_code_2_with_one_sentence_in_both_languages()
    {
        await RecordAsync(2);
        await DoneAsync("ledger", "export", At("log"), "--data", Data);
        var key = (await DoneAsync("ledger", "key", "--data", Data)).Output.Trim();
        await File.WriteAllTextAsync(At("forged"), File.ReadAllText(At("log/checkpoint")).Replace("\n2\n", "\n3\n", StringComparison.Ordinal));
        Directory.CreateDirectory(At("empty"));
        string[][] lines =
        [
            ["ledger", "check", "--data", At("nowhere")],
            ["ledger", "check", At("log")],
            ["ledger", "check", At("log"), "--key", "nonsense"],
            ["ledger", "check", At("log"), "--key", key.Replace("+A", "+B", StringComparison.Ordinal)],
            ["ledger", "check", At("nowhere"), "--key", key],
            ["ledger", "check", At("empty"), "--key", key],
            ["ledger", "check", At("log"), "--key", key, "--checkpoint", At("forged")],
            ["ledger", "check", At("log"), "--key", key, "--proof", At("forged")],
            ["ledger", "check", "http://127.0.0.1:1/ledger", "--key", key],
            ["ledger", "receipt", At("log/checkpoint"), "--key", key],
            ["ledger", "receipt", At("nowhere"), "--key", key],
            ["ledger", "show", "2", "--data", Data],
            ["ledger", "show", "-1", "--data", Data],
        ];
        foreach (var line in lines)
        {
            foreach (var language in (string[])["zh", "en"])
            {
                var run = await RunAsync([.. line, "--lang", language]);
                Assert.True(run.Code == 2, string.Join(' ', line));
                Assert.StartsWith(language == "zh" ? "错误：" : "Error: ", run.Error, StringComparison.Ordinal);
                Assert.Single(run.Error.TrimEnd().Split('\n'));
            }
        }

        Assert.False(Directory.Exists(At("nowhere")));
    }

    [Fact]
    public async Task A_line_that_cannot_be_recorded_is_named_and_those_before_it_stay()
    {
        await DoneAsync("migrate", "--data", Data);
        var run = await RunWithAsync("{\"a\":1}\n\n{\"b\":\n", "ledger", "record", "--data", Data);
        Assert.Equal(2, run.Code);
        Assert.Contains("第 3 行", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"a\":1", (await DoneAsync("ledger", "show", "0", "--data", Data)).Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private async Task RecordAsync(int count)
    {
        await DoneAsync("migrate", "--data", Data);
        var lines = string.Concat(Enumerable.Range(0, count).Select(i => $"{{\"number\":{i}}}\n"));
        var run = await RunWithAsync(lines, "ledger", "record", "--data", Data);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(count, run.Output.TrimEnd().Split('\n').Length);
    }

    private static async Task<(string Output, string Error)> DoneAsync(params string[] args)
    {
        var run = await RunAsync(args);
        Assert.Equal((0, ""), (run.Code, run.Error));
        return (run.Output, run.Error);
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunWithAsync("", args);

    private static async Task<(int Code, string Output, string Error)> RunWithAsync(string input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Task.Run(() => CommandLine.Run(args, new Terminal { Out = output, Error = error, OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(input)), OpenOutput = () => new MemoryStream() }));
        return (code, output.ToString(), error.ToString());
    }
}
