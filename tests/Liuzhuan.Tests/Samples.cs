using Liuzhuan.Matching;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Registers;

namespace Liuzhuan.Tests;

/// <summary>The sample register, built once for all tests that ask it, and the sample requests.</summary>
public sealed class Samples : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liuzhuan-samples-");

    public Samples()
    {
        RegisterPath = Path.Combine(_folder.FullName, "people.lzr");
        SnapshotBuilder.Build(new BuildRequest(SchemaCatalogue.Find("person")!, File("register.csv"), RegisterPath, TestClock.Morning.AddDays(-2)), null, CancellationToken.None);
    }

    public string RegisterPath { get; }

    /// <summary>A file under tests/samples.</summary>
    public static string File(string name) => Path.Combine(Repository.Root, "tests", "samples", name);

    public Register Open() => Register.Open(RegisterPath, SchemaCatalogue.Find);

    /// <summary>An empty folder of its own.</summary>
    public string Folder() => _folder.CreateSubdirectory(Path.GetRandomFileName()).FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
