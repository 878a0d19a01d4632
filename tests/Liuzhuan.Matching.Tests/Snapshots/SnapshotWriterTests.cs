using System.Security.Cryptography;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public class SnapshotWriterTests
{
    private const int LargePage = 2 << 20;

    // Sections shorter and longer than a piece, ending on a boundary and beside one; given in bits that have nothing to do with pieces.
    [Theory]
    [InlineData(100, 1)]
    [InlineData(LargePage - SnapshotHeader.PageSize, 700_001)]
    [InlineData(LargePage, 4096)]
    [InlineData(3 * LargePage + 64, 5_000_000)]
    [InlineData(2 * LargePage - SnapshotHeader.PageSize - 1, 1_111_111)]
    public void What_is_added_bit_by_bit_stands_in_the_file_with_its_checksums_in_whatever_pieces_it_was_written(int length, int bit)
    {
        using var folder = new TempFolder();
        var random = new Random(length);
        var (looked, other) = (new byte[length], new byte[length / 3 + 1]);
        random.NextBytes(looked);
        random.NextBytes(other);
        var header = new SnapshotHeader();
        using (var writer = new SnapshotWriter(folder.File("a.lzr")))
        {
            // Two at once, the first of which does not begin on a boundary.
            var (first, second) = (writer.Begin(length, isLookedUp: true), writer.Begin(other.Length));
            for (var at = 0; at < length; at += bit) first.Add(looked.AsSpan(at, Math.Min(bit, length - at)));
            second.Add(other);
            header[Section.Buckets] = first.End();
            header[Section.Cold] = second.End();
            _ = writer.Finish(header);
        }

        var file = File.ReadAllBytes(folder.File("a.lzr"));
        foreach (var (section, content) in new[] { (Section.Buckets, looked), (Section.Cold, other) })
        {
            var entry = header[section];
            Assert.True(file.AsSpan((int)entry.Offset, (int)entry.Length).SequenceEqual(content));
            Assert.Equal(Checksum.Of(content), entry.Checksum);
            Assert.Equal(SHA256.HashData(content), entry.Sha256);
        }

        // Each begins on a page of its own.
        Assert.True(header[Section.Buckets].Offset + length <= header[Section.Cold].Offset);
    }
}
