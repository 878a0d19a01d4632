using Liuzhuan.Matching;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Registers;

namespace Liuzhuan.Tests;

/// <summary>The sample register, built once for all tests that ask it and copied for each, and the sample requests.</summary>
public sealed class Samples : IDisposable
{
    private static readonly Lazy<byte[]> Built = new(Build);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liuzhuan-samples-");

    public Samples()
    {
        RegisterPath = Path.Combine(_folder.FullName, "people.lzr");
        PutRegister(RegisterPath);
    }

    public string RegisterPath { get; }

    /// <summary>A file under tests/samples.</summary>
    public static string File(string name) => Path.Combine(Repository.Root, "tests", "samples", name);

    /// <summary>Puts a copy of the sample register somewhere.</summary>
    public static void PutRegister(string path) => System.IO.File.WriteAllBytes(path, Built.Value);

    public Register Open() => Register.Open(RegisterPath, SchemaCatalogue.Find);

    /// <summary>An empty folder of its own.</summary>
    public string Folder() => _folder.CreateSubdirectory(Path.GetRandomFileName()).FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Build()
    {
        var path = Path.GetTempFileName();
        SnapshotBuilder.Build(new BuildRequest(SchemaCatalogue.Find("person")!, File("register.csv"), path, TestClock.Morning.AddDays(-2)), null, CancellationToken.None);
        var content = System.IO.File.ReadAllBytes(path);
        System.IO.File.Delete(path);
        return content;
    }
}
