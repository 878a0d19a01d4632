using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public sealed class CheckedMarkTests
{
    [Fact]
    public async Task A_snapshot_found_sound_is_known_until_it_is_touched()
    {
        using var folder = new TempFolder();
        using (MatcherTests.Build(new GeneratedPeople(15, 3000), folder))
        {
        }

        var path = folder.File("people.lzr");
        if (!OperatingSystem.IsLinux()) return;
        Assert.False(IsMarked(path));
        await MarkedAsync(path);

        // Put back as it was, byte for byte and with its old time: still another file than the one that was checked.
        var (sound, written) = (File.ReadAllBytes(path), File.GetLastWriteTimeUtc(path));
        File.WriteAllBytes(path, sound);
        File.SetLastWriteTimeUtc(path, written);
        Assert.False(IsMarked(path));
        await MarkedAsync(path);

        File.Copy(path, path + ".copy");
        File.Move(path + ".copy", path, overwrite: true);
        File.SetLastWriteTimeUtc(path, written);
        Assert.False(IsMarked(path));
        await MarkedAsync(path);

        var cold = RegisterInfo.Read(path).Sections.Single(section => section.Name == nameof(Section.Cold));
        sound[cold.Offset] ^= 1;
        File.WriteAllBytes(path, sound);
        File.SetLastWriteTimeUtc(path, written);
        Assert.Equal("register_corrupt", Assert.Throws<RegisterException>(() => Open(path).VerifySections(CancellationToken.None)).Code);
    }

    [Fact]
    public void A_file_that_may_have_changed_within_the_tick_of_its_time_is_not_marked()
    {
        using var folder = new TempFolder();
        using (MatcherTests.Build(new GeneratedPeople(16, 300), folder))
        {
        }

        Open(folder.File("people.lzr")).VerifySections(CancellationToken.None);
        Assert.False(File.Exists(folder.File("people.lzr") + CheckedMark.Suffix));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
    }

    [Fact]
    public async Task A_mark_of_something_else_counts_for_nothing()
    {
        using var folder = new TempFolder();
        using (MatcherTests.Build(new GeneratedPeople(17, 300), folder))
        {
        }

        var path = folder.File("people.lzr");
        if (!OperatingSystem.IsLinux()) return;
        await MarkedAsync(path);
        var left = File.ReadAllText(path + CheckedMark.Suffix).Split(' ');
        string[] others = ["", "x", "0 1 2", $"{left[0]} -1", $"{left[0]} 9223372036854775807", $"{left[0]} x", $"{new string('0', 64)} {left[1]}"];
        foreach (var other in others)
        {
            File.WriteAllText(path + CheckedMark.Suffix, other);
            Assert.False(IsMarked(path), other);
        }

        File.WriteAllText(path + CheckedMark.Suffix, string.Join(' ', left));
        Assert.True(IsMarked(path));
    }

    [Fact]
    public async Task Who_asks_for_it_has_all_read_anew()
    {
        using var folder = new TempFolder();
        using (MatcherTests.Build(new GeneratedPeople(18, 300), folder))
        {
        }

        var path = folder.File("people.lzr");
        if (!OperatingSystem.IsLinux()) return;
        await MarkedAsync(path);
        var snapshot = Open(path);
        // Damaged after it was opened, and seen through the mapping: only reading it tells.
        var cold = RegisterInfo.Read(path).Sections.Single(section => section.Name == nameof(Section.Cold));
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = cold.Offset;
            var first = file.ReadByte();
            file.Position = cold.Offset;
            file.WriteByte((byte)(first ^ 1));
        }

        snapshot.VerifySections(CancellationToken.None);
        Assert.Equal("register_corrupt", Assert.Throws<RegisterException>(() => snapshot.VerifySections(CancellationToken.None, anew: true)).Code);
    }

    // A file must be older than two seconds before it is marked.
    private static async Task MarkedAsync(string path)
    {
        for (var i = 0; i < 600 && !IsMarked(path); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            Open(path).VerifySections(CancellationToken.None);
        }

        Assert.True(IsMarked(path));
    }

    private static bool IsMarked(string path)
    {
        using var file = Snapshot.OpenFile(path);
        return CheckedMark.Of(file, path, Snapshot.ReadHeader(file, path).Page, 0)!.IsLeft();
    }

    private static Snapshot Open(string path) => Snapshot.Open(path, TestSchemas.Find, markedFrom: 0);
}
