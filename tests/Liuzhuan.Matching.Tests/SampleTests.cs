using System.Runtime.CompilerServices;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests;

public class SampleTests
{
    [Fact]
    public void The_sample_questions_get_the_verdicts_they_must_get()
    {
        using var folder = new TempFolder();
        var register = folder.File("people.lzr");
        var report = SnapshotBuilder.Build(new BuildRequest(TestSchemas.Person, Sample("register.csv"), register, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)), null, CancellationToken.None);
        Assert.Equal(2022, report.Records);
        Assert.Equal(0, report.Rejected);
        using var open = Register.Open(register, TestSchemas.Find);
        var plan = new QuestionPlan(TestSchemas.Person, [1], [0, -1, -1, -1, -1, -1, -1, -1, -1, -1]);
        var matcher = new Matcher(open, plan, DisclosurePolicy.Full);

        var expected = File.ReadLines(Sample("expected.csv")).Skip(1).Select(line => line.Split(',')).Where(row => row[0] == "english.csv").ToDictionary(row => int.Parse(row[1]));
        var row = 0;
        foreach (var cells in File.ReadLines(Sample("requests/english.csv")).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')))
        {
            row++;
            var answer = matcher.Ask([cells[2], cells[1]], out _);
            var notes = answer.NoteColumn(TestSchemas.Person).ToList();
            var line = $"row {row}: {string.Join(',', cells)} -> {answer.Verdict.Code()} {string.Join(';', answer.DifferingFields(TestSchemas.Person))} {string.Join(';', notes)}; expected {string.Join(',', expected[row])}";
            Assert.True(expected[row][2] == answer.Verdict.Code(), line);
            Assert.True(expected[row][3] == string.Join(';', answer.DifferingFields(TestSchemas.Person)), line);
            Assert.True(expected[row][4].Length == 0 || notes.Contains(expected[row][4]), line);
        }

        Assert.Equal(expected.Count, row);
    }

    internal static string Sample(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../samples", name);
}

/// <summary>A folder of the test's own, gone at its end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("liuzhuan-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
