using System.Diagnostics;
using System.Text;
using Liuzhuan.Commands;

namespace Liuzhuan.Tests.Commands;

/// <summary>The built program as a process of its own, as its callers start it. It is ended in every case, at the latest when this is disposed.</summary>
internal sealed class Child : IDisposable
{
    public const int Killed = 137, Interrupted = 130;

    /// <summary>As the first argument: what verifies files, compiled to machine code by <c>scripts/build</c>, takes the others, in place of the whole program.</summary>
    public const string Native = "native";

    /// <summary>As the first argument: the whole program takes the others, as without it.</summary>
    public const string Whole = "whole";

    /// <summary>The signal of Ctrl-C.</summary>
    private const string Interrupt = "INT";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly StringBuilder _output = new(), _error = new();
    private int _lines;

    private Child(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) =>
        {
            Keep(_output, line.Data);
            lock (_output) _lines++;
        };
        _process.ErrorDataReceived += (_, line) => Keep(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Lines it has written so far.</summary>
    public int Lines
    {
        get
        {
            lock (_output) return _lines;
        }
    }

    /// <summary>What it reads as standard input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Whether that was built; beside it lies a host of a few kilobytes where it was not.</summary>
    public static bool HasNative => new FileInfo(NativeProgram) is { Exists: true, Length: > 1 << 20 };

    /// <summary>The programs that verify files: what to put before their arguments.</summary>
    public static TheoryData<string> VerifyPrograms => [Whole, Native];

    public static Child Start(params string[] args) => StartWith([], args);

    /// <summary>Starts it with further variables of the environment.</summary>
    public static Child StartWith(IEnumerable<(string Name, string Value)> variables, params string[] args)
    {
        var line = Line(args);
        var start = Described(line[0], line[1..]);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return new Child(start);
    }

    /// <summary>Starts it from a shell line in which <c>"$@"</c> stands for the program and its arguments.</summary>
    public static Child StartIn(string shellLine, params string[] args) => new(Described("bash", ["-c", shellLine, "bash", .. Line(args)]));

    /// <summary>Runs it to its end.</summary>
    public static async Task<Ended> RunAsync(params string[] args)
    {
        using var child = Start(args);
        return await child.EndAsync();
    }

    /// <summary>SIGKILL: nothing in the process gets to run after this.</summary>
    public void Kill() => _process.Kill();

    public void PressControlC() => Send(Interrupt);

    /// <summary>Asks it to end as a service manager does.</summary>
    public void Terminate() => Send("TERM");

    /// <summary>Waits until it has come to a certain point. It must not end before.</summary>
    public async Task UntilAsync(Func<bool> reached)
    {
        using var late = new CancellationTokenSource(Patience);
        while (!reached())
        {
            Assert.False(HasExited, _error.ToString());
            await Task.Delay(1, late.Token);
        }
    }

    public async Task<Ended> EndAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(late.Token);
        lock (_output)
        {
            lock (_error) return new Ended(_process.ExitCode, _output.ToString(), _error.ToString());
        }
    }

    private void Send(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    // The program's own output folder, of the configuration these tests were built in.
    private static string Program
    {
        get
        {
            var tests = new FileInfo(typeof(CommandLine).Assembly.Location).Directory!;
            return Path.Combine(tests.Parent!.Parent!.FullName, "Liuzhuan", tests.Name, "liuzhuan.dll");
        }
    }

    private static string NativeProgram => Path.Combine(Repository.Root, "artifacts", "program", "liuzhuan");

    private static string[] Line(string[] args)
    {
        if (args is [Whole, .. var words]) return [Host, Program, .. words];
        if (args is not [Native, .. var rest]) return [Host, Program, .. args];
        Assert.SkipUnless(HasNative, "There is no machine code: run scripts/build where gcc is installed.");
        return [NativeProgram, .. rest];
    }

    private static ProcessStartInfo Described(string file, IEnumerable<string> args) => new(file, args)
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        Environment = { ["LIUZHUAN_LANG"] = "zh", ["LIUZHUAN_DEBUG"] = "" },
    };

    private static void Keep(StringBuilder to, string? line)
    {
        if (line is null) return;
        lock (to) to.Append(line).Append('\n');
    }

    /// <summary>How it ended, and what it said until then.</summary>
    internal sealed record Ended(int Code, string Output, string Error);
}
