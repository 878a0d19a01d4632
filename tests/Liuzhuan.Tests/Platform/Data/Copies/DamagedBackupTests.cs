using System.Collections.Concurrent;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Data.Copies;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Tests.Platform.Data.Copies;

/// <summary>Whatever happened to a backup file is told before anything is touched.</summary>
public sealed class DamagedBackupTests(SoundBackup source) : IClassFixture<SoundBackup>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liuzhuan-damage-").FullName;
    private readonly byte[] _sound = source.Content;

    private string Backup => Path.Combine(_folder, "a.backup");

    [Fact]
    public void A_flip_of_any_byte_is_refused()
    {
        var flipped = 0;
        Parallel.ForEach(Partitioner.Create(0, _sound.Length), range =>
        {
            var path = Path.Combine(_folder, $"{range.Item1}.backup");
            File.WriteAllBytes(path, _sound);
            RestoreBackup.Check(path, null, CancellationToken.None);
            // In place: writing the whole file again for each byte would take most of the time.
            using var file = File.OpenHandle(path, access: FileAccess.ReadWrite, share: FileShare.ReadWrite);
            for (var i = range.Item1; i < range.Item2; i++)
            {
                // The bits take turns; every bit of lengths and letters is among them.
                RandomAccess.Write(file, [(byte)(_sound[i] ^ (1 << (i % 8)))], i);
                var refusal = Refused(path);
                Assert.True(refusal.Code is "backup.damaged" or "backup.truncated" || (i < BackupFormat.FirstLine.Length && refusal.Code == "backup.foreign"), $"byte {i}: {refusal.Code}");
                RandomAccess.Write(file, _sound.AsSpan(i, 1), i);
                Interlocked.Increment(ref flipped);
            }

            RestoreBackup.Check(path, null, CancellationToken.None);
        });
        Assert.Equal(_sound.Length, flipped);
    }

    [Fact]
    public void Every_bit_of_a_frame_s_length_is_guarded()
    {
        var at = Encoding.Latin1.GetString(_sound).IndexOf("R\0\0", StringComparison.Ordinal);
        for (var bit = 0; bit < 40; bit++)
        {
            var damaged = (byte[])_sound.Clone();
            damaged[at + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Assert.StartsWith("backup.", Refused(damaged).Code, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("here-lies-the-row", "表 marked", "the table marked")]
    [InlineData("\"provider\"", "文件头", "the header")]
    public void The_damaged_part_is_named(string near, string chinese, string english)
    {
        var damaged = (byte[])_sound.Clone();
        damaged[Encoding.Latin1.GetString(_sound).IndexOf(near, StringComparison.Ordinal) + 2] ^= 1;
        var refusal = Refused(damaged);
        Assert.Contains(chinese, refusal.Chinese, StringComparison.Ordinal);
        Assert.Contains(english, refusal.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('K', "the keys")]
    [InlineData('E', "the end")]
    public void Damage_to_the_keys_or_the_end_is_named_too(char kind, string english)
    {
        var frames = Frames();
        frames.Single(frame => frame[0] == kind)[BackupFormat.HeadBytes + 3] ^= 1;
        Assert.Contains(english, Refused(Joined(frames)).English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        File.WriteAllBytes(Backup, _sound);
        using var file = File.OpenHandle(Backup, access: FileAccess.ReadWrite, share: FileShare.ReadWrite);
        // From its end: what is shorter need not be written anew.
        foreach (var length in Enumerable.Range(0, _sound.Length).Where(length => length < 1024 || length % 97 == 0).Reverse())
        {
            RandomAccess.SetLength(file, length);
            Assert.Equal(length < BackupFormat.FirstLine.Length ? "backup.foreign" : "backup.truncated", Refused(Backup).Code);
        }
    }

    [Fact]
    public void A_file_with_something_behind_its_end_is_refused() => Assert.Equal("backup.damaged", Refused([.. _sound, 0]).Code);

    [Fact]
    public void A_frame_that_was_taken_out_or_doubled_is_missed()
    {
        var frames = Frames();
        for (var i = 1; i < frames.Count; i++)
        {
            Assert.NotNull(Refused(Joined(frames.Where((_, at) => at != i))));
            Assert.NotNull(Refused(Joined(frames.Take(i + 1).Concat(frames.Skip(i)))));
        }
    }

    [Fact]
    public void Another_kind_of_file_is_no_backup()
    {
        Assert.Equal("backup.foreign", Refused("姓名,公民身份号码\n"u8.ToArray()).Code);
        Assert.Equal("backup.foreign", Refused([]).Code);
    }

    [Theory]
    [InlineData(2, "0001-ledger.sql")]
    [InlineData(1, "9999-time-travel.sql")]
    public void A_backup_of_a_newer_program_is_refused(int format, string step)
    {
        using var file = new MemoryStream();
        using (var writer = new BackupWriter(file))
        {
            writer.Write(FrameKind.Header, new BackupHeader(format, "9.1", "postgres", TestClock.Morning, [step], false), BackupJson.Default.BackupHeader);
            writer.Finish();
        }

        var refusal = Refused(file.ToArray());
        Assert.Equal("backup.newer", refusal.Code);
        Assert.Contains("9.1", refusal.English, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_backup_touches_nothing()
    {
        await using var target = await TestDatabase.CreateAsync("sqlite", migrate: false);
        await File.WriteAllBytesAsync(Backup, _sound[..^1]);
        var refused = await Assert.ThrowsAsync<DataRefusedException>(() => RestoreBackup.RunAsync(Backup, target.Store, Path.Combine(target.Folder, "keys"), "a long passphrase", replace: true, TimeProvider.System, null, CancellationToken.None));
        Assert.Equal("backup.truncated", refused.Refusal.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(target.Folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Refusal Refused(byte[] content)
    {
        File.WriteAllBytes(Backup, content);
        return Refused(Backup);
    }

    private static Refusal Refused(string path) => Assert.Throws<DataRefusedException>(() => RestoreBackup.Check(path, null, CancellationToken.None)).Refusal;

    private List<byte[]> Frames()
    {
        var frames = new List<byte[]>();
        for (var at = BackupFormat.FirstLine.Length; at < _sound.Length;)
        {
            var length = BackupFormat.HeadBytes + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(_sound.AsSpan(at + 1)) + BackupFormat.ChecksumBytes;
            frames.Add(_sound[at..(at + length)]);
            at += length;
        }

        return frames;
    }

    private static byte[] Joined(IEnumerable<byte[]> frames) => [.. BackupFormat.FirstLine, .. frames.SelectMany(frame => frame)];
}
