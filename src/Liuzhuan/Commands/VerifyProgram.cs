using Liuzhuan.Platform.Data;

namespace Liuzhuan.Commands;

/// <summary>
/// The program that verifies files and does nothing else, compiled to machine code as a whole: it is at work before the runtime of the whole program would have started. Every other
/// command, and every unusual command line, it leaves to <see cref="WholeProgram"/>, which would do the same with this one, a little later.
/// </summary>
internal static class VerifyProgram
{
    /// <summary>Runs one command line and gives back the exit code.</summary>
    public static int Run(string[] args, Terminal terminal)
    {
        if (args is not ["verify", ..] || SessionLanguage.Known(SessionLanguage.Given(args).Language) is not { } language) return WholeProgram.Become(args, terminal);
        // The library of the other database would make half of this program, and is waited for longer than the runtime.
        if (Environment.GetEnvironmentVariable(DataOptions.ProviderVariable) is { Length: > 0 } and not DataOptions.Sqlite) return WholeProgram.Become(args, terminal);
        var session = new Session(terminal, language);
        if (VerifyArguments.Plain(args.AsSpan(1), session) is not { } said) return WholeProgram.Become(args, terminal);
        EarlyStart.ForVerify();
        return Endings.Of(session, () => VerifyRun.Run(session, said));
    }
}
