using System.Text;
using Liuzhuan.Commands.DemoData;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Registers;

namespace Liuzhuan.Tests.Commands;

/// <summary>A made-up population large enough that building, changing and asking it takes a while, for the tests that start the program itself. They run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessGround : ICollectionFixture<ProcessGround>, IDisposable
{
    public const string Name = "processes";

    private const int People = 100_000, Changes = 10_000;

    /// <summary>The as-of of every register made here: yesterday, so that none is warned of as old.</summary>
    public static readonly string AsOf = $"{TimeProvider.System.GetUtcNow().AddDays(-1):yyyy-MM-dd}T00:00Z";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liuzhuan-processes-");

    public ProcessGround()
    {
        WritePeople(new DemoPeople(People, 11), PeopleCsv);
        WritePeople(new DemoPeople(People, 12), OtherPeopleCsv);
        var people = new DemoPeople(People, 11);
        WriteChanges(people, FirstChanges, 0);
        WriteChanges(people, SecondChanges, Changes);
        WriteRequest(people, Request);
        Build(PeopleCsv, Register);
    }

    public string PeopleCsv => Path.Combine(_folder.FullName, "people.csv");

    public string OtherPeopleCsv => Path.Combine(_folder.FullName, "other.csv");

    /// <summary>New names for many people; the second file for others.</summary>
    public string FirstChanges => Path.Combine(_folder.FullName, "first.csv");

    public string SecondChanges => Path.Combine(_folder.FullName, "second.csv");

    /// <summary>A file to verify, with every person of the register.</summary>
    public string Request => Path.Combine(_folder.FullName, "request.csv");

    /// <summary>The register of <see cref="PeopleCsv"/>, without changes.</summary>
    public string Register => Path.Combine(_folder.FullName, "people.lzr");

    /// <summary>An empty folder of its own.</summary>
    public string Folder() => _folder.CreateSubdirectory(Path.GetRandomFileName()).FullName;

    public static void Build(string people, string register) =>
        SnapshotBuilder.Build(new BuildRequest(SchemaCatalogue.Find("person")!, people, register, DateTimeOffset.Parse(AsOf)), null, CancellationToken.None);

    public static void Apply(string register, string changes) =>
        Assert.InRange(RegisterChanges.Apply(register, changes, SchemaCatalogue.Find, CancellationToken.None).Applied, 1, long.MaxValue);

    /// <summary>The digest of snapshot and changes, after a check of every byte.</summary>
    public static string SoundDigest(string register)
    {
        Assert.Empty(RegisterInfo.Check(register, CancellationToken.None));
        using var opened = Matching.Register.Open(register, SchemaCatalogue.Find);
        return opened.Digest;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void WritePeople(DemoPeople people, string path)
    {
        using var file = File.Create(path);
        DemoRegisterFile.Write(people, file, _ => { }, CancellationToken.None);
    }

    private static void WriteChanges(DemoPeople people, string path, int first)
    {
        var text = new StringBuilder("change,id_number,name\n");
        for (var i = first; i < first + Changes; i++)
        {
            // A change to a shared number would have to say whom it means.
            if (!people[i].SharesNumber && !people[i + 1].SharesNumber) text.Append($"upsert,{people[i].Number},{people[i].Name}改\n");
        }

        File.WriteAllText(path, text.ToString());
    }

    private static void WriteRequest(DemoPeople people, string path)
    {
        using var text = new StreamWriter(path) { NewLine = "\n" };
        text.WriteLine("姓名,公民身份号码");
        for (var i = 0; i < People; i++) text.WriteLine($"{people[i].Name},{people[i].Number}");
    }
}
