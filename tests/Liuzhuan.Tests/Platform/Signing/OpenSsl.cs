using System.Diagnostics;

namespace Liuzhuan.Tests.Platform.Signing;

/// <summary>The OpenSSL command line in a folder of its own: the other party of the interoperability tests.</summary>
internal sealed class OpenSsl : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liuzhuan-openssl-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public void Write(string name, byte[] content) => File.WriteAllBytes(this[name], content);

    public void Write(string name, string content) => File.WriteAllText(this[name], content);

    public byte[] Read(string name) => File.ReadAllBytes(this[name]);

    /// <summary>Runs it with file names relative to the folder.</summary>
    public (int Code, string Output) Run(string arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
