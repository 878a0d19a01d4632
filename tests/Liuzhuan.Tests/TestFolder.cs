using System.Runtime.CompilerServices;
using Liuzhuan.Commands;

namespace Liuzhuan.Tests;

/// <summary>The data folder of all commands that tests run without naming one; child processes inherit it.</summary>
internal static class TestFolder
{
#pragma warning disable CA2255 // Set before the first test, whichever that is.
    [ModuleInitializer]
    internal static void Set()
    {
        var folder = Directory.CreateTempSubdirectory("liuzhuan-tests-").FullName;
        Environment.SetEnvironmentVariable(DataArguments.FolderVariable, folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
#pragma warning restore CA2255
}
