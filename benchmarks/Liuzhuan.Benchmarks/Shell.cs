using System.Diagnostics;

namespace Liuzhuan.Benchmarks;

/// <summary>Runs programs.</summary>
internal static class Shell
{
    /// <summary>Runs a program to its end and throws when it fails; its error messages are shown only then.</summary>
    public static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" >/dev/null", program, .. arguments]) { WorkingDirectory = "/", RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.\n{errors}");
    }
}
