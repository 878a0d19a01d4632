namespace Liuzhuan.Tests.Commands;

/// <summary>However a verification ends early, the result file is the old one or a whole new one.</summary>
[Collection(ProcessGround.Name)]
public sealed class KilledVerifyTests(ProcessGround ground) : IDisposable
{
    private const string Old = "the old result\n";

    private readonly string _folder = ground.Folder();

    private string Result => Path.Combine(_folder, "result.csv");

    private string Problems => Path.Combine(_folder, "problems.csv");

    public static TheoryData<string> Programs => Child.VerifyPrograms;

    public static TheoryData<string, bool> ProgramsAndRows => new(from program in Child.VerifyPrograms from keepComing in new[] { true, false } select (program.Data, keepComing));

    [Theory, MemberData(nameof(Programs))]
    public async Task A_killed_verification_leaves_the_old_result_or_the_whole_new_one(string program)
    {
        string[] args = [program, "verify", ground.Request, "--register", ground.Register, "--output", Result, "--only", "problems", Problems, "--quiet"];
        Assert.Equal(0, (await Child.RunAsync(args)).Code);
        var (result, problems) = (File.ReadAllText(Result), File.ReadAllText(Problems));
        var loop = new KillLoop(Result, seed: 4);
        await loop.RunAsync(3, Prepare, Check, args);
        Assert.NotEqual(0, loop.Interrupted);
        TestContext.Current.TestOutputHelper?.WriteLine($"{program} verify: {loop.Kills} kills, {loop.Interrupted} with an unfinished file");

        void Check(bool success)
        {
            Assert.Contains(File.ReadAllText(Result), success ? [result] : new[] { Old, result });
            Assert.Contains(File.ReadAllText(Problems), success ? [problems] : new[] { Old, problems });
        }
    }

    [Theory, MemberData(nameof(ProgramsAndRows))]
    public async Task Control_C_ends_a_verification_with_130_and_leaves_only_the_old_result(string program, bool rowsKeepComing)
    {
        Prepare();
        using var child = Child.Start(program, "verify", "-", "--register", ground.Register, "--output", Result, "--only", "problems", Problems);
        var rows = await File.ReadAllBytesAsync(ground.Request);
        await child.Input.WriteAsync(rowsKeepComing ? rows : rows.AsMemory(0, 1000));
        await child.Input.FlushAsync();
        await child.UntilAsync(() => Directory.GetFiles(_folder, ".*.tmp").Length > 0);
        // Without further rows it soon waits for them, as at a terminal.
        if (!rowsKeepComing) await Task.Delay(300);
        child.PressControlC();
        try
        {
            while (rowsKeepComing && !child.HasExited) await child.Input.WriteAsync(rows);
        }
        catch (IOException)
        {
            // It has ended and reads no more.
        }

        var ended = await child.EndAsync();
        Assert.Equal((Child.Interrupted, "已取消，没有留下不完整的结果。\n"), (ended.Code, ended.Error));
        Assert.Equal((Old, Old), (File.ReadAllText(Result), File.ReadAllText(Problems)));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Prepare()
    {
        File.WriteAllText(Result, Old);
        File.WriteAllText(Problems, Old);
    }
}
