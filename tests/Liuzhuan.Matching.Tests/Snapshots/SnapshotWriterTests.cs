using System.Security.Cryptography;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public class SnapshotWriterTests
{
    private const int LargePage = 2 << 20;

    // Sections without anything, shorter and longer than a piece, ending on a boundary and beside one; given in bits of many lengths.
    [Theory]
    [InlineData(0, 1)]
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
            var (first, second) = (writer.Begin(length, inLargePages: true), writer.Begin(other.Length));
            var last = writer.BeginLast();
            for (var at = 0; at < length; at += bit) first.Add(looked.AsSpan(at, Math.Min(bit, length - at)));
            second.Add(other);
            for (var at = 0; at < length; at += bit) last.Add(looked.AsSpan(at, Math.Min(bit, length - at)));
            header[Section.Buckets] = first.End();
            header[Section.Cold] = second.End();
            header[Section.SideRecords] = last.End();
            _ = writer.Finish(header);
        }

        var file = File.ReadAllBytes(folder.File("a.lzr"));
        foreach (var (section, content) in new[] { (Section.Buckets, looked), (Section.Cold, other), (Section.SideRecords, looked) })
        {
            var entry = header[section];
            Assert.True(file.AsSpan((int)entry.Offset, (int)entry.Length).SequenceEqual(content));
            Assert.Equal(Checksum.Of(content), entry.Checksum);
            Assert.Equal(SHA256.HashData(content), entry.Sha256);
            Assert.Equal(0, entry.Offset % SnapshotHeader.PageSize);
        }

        Assert.True(header[Section.Buckets].Offset + length <= header[Section.Cold].Offset);
        Assert.True(header[Section.Cold].Offset + other.Length <= header[Section.SideRecords].Offset);
    }

    [Fact]
    public void A_piece_ends_where_a_large_page_of_the_file_ends()
    {
        foreach (var position in new long[] { 0, 4096, LargePage - 4096, LargePage, 7L * LargePage + 8192, 300L * LargePage - 64 })
        {
            var piece = SnapshotWriter.PieceAt(position, LargePage);
            Assert.InRange(piece, 1, LargePage);
            Assert.Equal(0, (position + piece) % LargePage);
        }
    }

    [Fact]
    public void A_section_takes_no_more_than_was_reserved_for_it()
    {
        using var folder = new TempFolder();
        using var writer = new SnapshotWriter(folder.File("a.lzr"));
        var section = writer.Begin(100);
        section.Add(new byte[60]);
        Assert.Contains("120", Assert.Throws<InvalidOperationException>(() => section.Add(new byte[60])).Message, StringComparison.Ordinal);
    }
}
