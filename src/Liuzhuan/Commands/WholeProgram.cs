using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Liuzhuan.Commands;

/// <summary>The program with all its commands, as against <see cref="VerifyProgram"/>, which lies beside it.</summary>
internal static partial class WholeProgram
{
    private const string Library = "liuzhuan.dll", Host = "dotnet";

    /// <summary>False where only <see cref="VerifyProgram"/> was compiled; the compiler leaves out what nobody comes to then.</summary>
    [FeatureSwitchDefinition("Liuzhuan.IsWhole")]
    public static bool IsHere => !AppContext.TryGetSwitch("Liuzhuan.IsWhole", out var isWhole) || isWhole;

    /// <summary>Becomes the whole program in this process, with the same arguments, environment, files and signals; comes back only when that cannot be.</summary>
    public static int Become(string[] args, Terminal terminal)
    {
        var program = Path.Combine(AppContext.BaseDirectory, Library);
        var error = 0;
        if (File.Exists(program))
        {
            _ = Execute(Host, [Host, program, .. args, null]);
            error = Marshal.GetLastPInvokeError();
        }

        terminal.Error.WriteLine(error == 0
            ? $"错误：缺少文件 {program}：请完整安装程序目录。（Error: {program} is missing: install the whole folder of the program.）"
            : $"错误：不能启动 {Host}（{Marshal.GetPInvokeErrorMessage(error)}）：请安装 .NET 10 运行时，并使 {Host} 在 PATH 中。（Error: {Host} cannot be started: install the .NET 10 runtime, with {Host} on the PATH.）");
        return ExitCodes.Refused;
    }

    // execvp(3): finds the file on the PATH.
    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(string file, string?[] arguments);
}
