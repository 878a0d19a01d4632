using System.Text;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Delimited.Pipeline;

namespace Liuzhuan.Matching.Tests.Delimited;

public class BlockWriterTests
{
    private const int HeaderWidth = 5;

    [Theory]
    [InlineData(1, false)]
    [InlineData(7_001, false)]
    [InlineData(7_001, true)]
    [InlineData(40_000, true)]
    public void A_long_result_is_written_in_whole_pieces_and_says_the_same(int rows, bool hasBom)
    {
        var file = Encoding.UTF8.GetBytes("a,b,c,d,e\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},{new string('x', i % 90)},2,3,4\n")));
        if (hasBom) file = [0xEF, 0xBB, 0xBF, .. file];
        var run = new BatchRun { Format = BatchRun.Csv with { HasBom = hasBom }, HeaderWidth = HeaderWidth, BlockBytes = 50_000, Threads = 2 };
        using var output = new CountedStream();
        using (var input = new MemoryStream(file)) run.Run(input, output);

        // Blocks of the usual length, written by one thread: fewer or more of them make no difference.
        Assert.Equal(new BatchRun { Format = run.Format, HeaderWidth = HeaderWidth }.Run(file), output.ToArray());
        Assert.DoesNotContain(output.Lengths[..^1], length => length % BlockWriter.Piece != 0);
        Assert.Equal(rows, Encoding.UTF8.GetString(output.ToArray()).Count(c => c == '\n') - 1);
    }

    [Fact]
    public void The_odd_last_byte_of_a_long_file_comes_last()
    {
        var file = Encoding.Unicode.GetBytes("a,b,c,d,e\n" + string.Concat(Enumerable.Range(0, 9_000).Select(i => $"{i},x,2,3,4\n")));
        var format = BatchRun.Csv with { Form = TextForm.Utf16LittleEndian };
        var whole = new BatchRun { Format = format, HeaderWidth = HeaderWidth }.Run(file);
        Assert.True(whole.Length > 2 * BlockWriter.Piece);
        Assert.Equal([.. whole, 0x77], new BatchRun { Format = format, HeaderWidth = HeaderWidth, BlockBytes = 20_000 }.Run([.. file, 0x77]));
    }

    [Theory]
    [InlineData(256 << 10)]
    [InlineData(3_000)]
    public void A_result_that_ends_with_a_piece_is_whole(int blockBytes)
    {
        // What is missing to a whole piece is put into the heading.
        var less = new BatchRun { Format = BatchRun.Csv, HeaderWidth = HeaderWidth }.Run(File(0));
        var filled = File(BlockWriter.Piece - less.Length);
        using var output = new CountedStream();
        using (var input = new MemoryStream(filled)) new BatchRun { Format = BatchRun.Csv, HeaderWidth = HeaderWidth, BlockBytes = blockBytes }.Run(input, output);
        Assert.Equal(BlockWriter.Piece, output.Length);
        Assert.Equal(new BatchRun { Format = BatchRun.Csv, HeaderWidth = HeaderWidth }.Run(filled), output.ToArray());

        static byte[] File(int more) => Encoding.UTF8.GetBytes($"a,b,c,d,e{new string('x', more)}\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"{i},x,2,3,4\n")));
    }

    private sealed class CountedStream : MemoryStream
    {
        public List<int> Lengths { get; } = [];

        // A span comes here, too.
        public override void Write(byte[] buffer, int offset, int count)
        {
            Lengths.Add(count);
            base.Write(buffer, offset, count);
        }
    }
}
