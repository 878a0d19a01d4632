using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public sealed class OverlayFileTests : IDisposable
{
    private const int HeaderBytes = 48, SlotsEnd = 80;

    private static readonly string[] Numbers = ["11010519491231002X", "220104198001010015", "220702199912310021"];

    private readonly TempFolder _folder = new();
    private readonly string _path, _overlay;

    public OverlayFileTests()
    {
        (_path, _overlay) = (_folder.File("people.lzr"), _folder.File("people.lzr.overlay"));
        File.WriteAllText(_folder.File("people.csv"), "id_number,name,status\n" + string.Concat(Numbers.Select(number => $"{number},王伟,active\n")));
        using var register = MatcherTests.Build(_folder);
    }

    [Fact]
    public void A_frame_that_a_crash_left_unfinished_is_as_if_it_had_never_been()
    {
        var (first, old) = (Cancel(0), Digest());
        var (both, changed) = (Cancel(1), Digest());
        for (var length = first.Length; length <= both.Length; length++)
        {
            File.WriteAllBytes(_overlay, [.. first, .. both.AsSpan(first.Length, length - first.Length)]);
            Assert.Equal(length < both.Length ? old : changed, Digest());
            Assert.Empty(RegisterInfo.Check(_path, CancellationToken.None));
        }

        // Killed between the frame and its being acknowledged: the next change stands behind it.
        Cancel(2);
        Assert.Equal(3, Changes());

        // The next change takes the place of an unfinished one.
        File.WriteAllBytes(_overlay, [.. first, .. both.AsSpan(first.Length, 20)]);
        Assert.Equal(both, Cancel(1));
    }

    [Fact]
    public void Changes_that_cannot_be_looked_for_are_not_taken_for_none()
    {
        Directory.CreateDirectory(_overlay);
        Assert.Throws<UnauthorizedAccessException>(() => Digest());
        Directory.Delete(_overlay);

        // A circle of links leads nowhere; whether changes once lay behind it nobody can tell.
        File.CreateSymbolicLink(_overlay, _overlay);
        Assert.Throws<IOException>(() => Digest());
        File.Delete(_overlay);

        File.CreateSymbolicLink(_overlay, _folder.File("gone"));
        Assert.NotEmpty(Digest());
    }

    [Fact]
    public void Whatever_byte_of_acknowledged_changes_is_damaged_they_are_refused_and_not_cut_away()
    {
        for (var i = 0; i < Numbers.Length; i++) Cancel(i);
        var (whole, digest) = (File.ReadAllBytes(_overlay), Digest());
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= (byte)(1 << at % 8);
            File.WriteAllBytes(_overlay, damaged);
            // What one slot says the other says too, but for the last change.
            if (at is >= HeaderBytes and < SlotsEnd) Assert.Equal(digest, Digest());
            else AssertRefused();
        }
    }

    [Fact]
    public void Acknowledged_changes_that_were_cut_short_are_refused()
    {
        Cancel(0);
        var whole = Cancel(1);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_overlay, whole[..length]);
            AssertRefused();
        }
    }

    [Fact]
    public void The_sentence_names_file_and_place_and_the_remedy()
    {
        var first = Cancel(0);
        var damaged = Cancel(1);
        damaged[^1]++;
        File.WriteAllBytes(_overlay, damaged);
        var refused = Assert.Throws<RegisterException>(() => Register.Open(_path, TestSchemas.Find));
        Assert.Equal(("damaged", $"{_overlay}: {first.Length} / {damaged.Length}"), (refused.Cause, refused.Detail));
        Assert.Contains("backup", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_overlay_is_read_and_its_next_change_makes_it_a_newer_one()
    {
        Cancel(0);
        var whole = Cancel(1);
        var older = Older(whole);
        File.WriteAllBytes(_overlay, older);
        Assert.Equal(2, Changes());

        // Nothing tells there that the last frame was finished.
        File.WriteAllBytes(_overlay, older[..^1]);
        Assert.Equal(1, Changes());
        Assert.Equal(whole[SlotsEnd..], Cancel(1)[SlotsEnd..]);
        File.WriteAllBytes(_overlay, older);
        Cancel(2);
        Assert.Equal(3, Changes());
    }

    [Fact]
    public void An_older_overlay_with_a_damaged_byte_before_a_sound_frame_is_refused()
    {
        var length = Older(Cancel(0)).Length;
        var older = Older(Cancel(1));
        for (var at = 0; at < length; at++)
        {
            var damaged = (byte[])older.Clone();
            damaged[at] ^= 64;
            File.WriteAllBytes(_overlay, damaged);
            AssertRefused();
        }
    }

    [Fact]
    public void A_register_built_anew_replaces_damaged_changes_too_on_either_side_of_a_crash()
    {
        Cancel(0);
        var damaged = Cancel(1);
        damaged[100]++;
        foreach (var bytes in new[] { damaged, damaged[9..], [] })
        {
            var before = File.ReadAllBytes(_path);
            File.WriteAllBytes(_overlay, bytes);
            File.AppendAllText(_folder.File("people.csv"), $"{Numbers[0]},新人,active\n");
            using var rebuilt = MatcherTests.Build(_folder);
            Assert.False(File.Exists(_overlay));

            File.WriteAllBytes(_overlay, bytes);
            Assert.True(OverlayFile.Supersede(_overlay, rebuilt.Digest));
            Assert.Equal(rebuilt.Digest, Digest());
            File.WriteAllBytes(_path, before);
            AssertRefused();
        }
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Older(byte[] overlay)
    {
        byte[] older = [.. overlay[..HeaderBytes], .. overlay[SlotsEnd..]];
        older[8] = 1;
        return older;
    }

    private byte[] Cancel(int number)
    {
        Apply(number);
        return File.ReadAllBytes(_overlay);
    }

    private void Apply(int number)
    {
        var changes = _folder.File("changes.csv");
        File.WriteAllText(changes, $"change,id_number\ncancel,{Numbers[number]}\n");
        File.SetLastWriteTimeUtc(changes, new DateTime(2026, 11, 2, 0, 0, number, DateTimeKind.Utc));
        RegisterChanges.Apply(_path, changes, TestSchemas.Find, CancellationToken.None);
    }

    private string Digest()
    {
        using var open = Register.Open(_path, TestSchemas.Find);
        return open.Digest;
    }

    private int Changes()
    {
        using var open = Register.Open(_path, TestSchemas.Find);
        return open.Changes;
    }

    private void AssertRefused()
    {
        var before = File.ReadAllBytes(_overlay);
        foreach (var use in new Action[] { () => Digest(), () => RegisterInfo.Check(_path, CancellationToken.None), () => Apply(2), () => RegisterChanges.Merge(_path, TestSchemas.Find, null, CancellationToken.None) })
        {
            Assert.Equal("register_overlay", Assert.Throws<RegisterException>(use).Code);
        }

        Assert.Equal(before, File.ReadAllBytes(_overlay));
    }
}
