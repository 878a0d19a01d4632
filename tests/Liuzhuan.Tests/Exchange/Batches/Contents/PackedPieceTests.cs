using System.Text;
using Liuzhuan.Exchange.Batches.Contents;

namespace Liuzhuan.Tests.Exchange.Batches.Contents;

public class PackedPieceTests
{
    private readonly PackedPiece.Packer _packer = new();
    private readonly PackedPiece.Unpacker _unpacker = new();

    [Fact]
    public void A_list_of_people_takes_less_room_than_it_says()
    {
        var list = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 9000).Select(row => $"张三,2201021990{row:00000000},男,一致\r\n")))[..BatchPieces.Written];

        var packed = _packer.Pack(list);

        Assert.True(packed.Bytes.Length < list.Length / 2);
        Assert.Equal(list.Length, packed.Unpacked);
        Assert.Equal(list, _unpacker.Unpack(packed.Bytes.ToArray(), packed.Unpacked).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(BatchPieces.Written)]
    public void What_does_not_get_smaller_stands_as_it_is(int length)
    {
        var noise = new byte[length];
        new Random(20260101).NextBytes(noise);

        var packed = _packer.Pack(noise);

        Assert.Null(packed.Unpacked);
        Assert.Equal(noise, _unpacker.Unpack(packed.Bytes.ToArray(), packed.Unpacked).ToArray());
    }

    [Fact]
    public void Pieces_of_every_length_come_back()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var piece = new byte[random.Next(2000)];
            for (var at = 0; at < piece.Length; at++) piece[at] = (byte)random.Next(1 + round % 256);
            var packed = _packer.Pack(piece);
            Assert.Equal(piece, _unpacker.Unpack(packed.Bytes.ToArray(), packed.Unpacked).ToArray());
        }
    }

    [Fact]
    public void A_piece_that_gives_more_or_less_than_it_says_is_refused()
    {
        var packed = _packer.Pack(new byte[1000]).Bytes.ToArray();

        Assert.Equal(1000, _unpacker.Unpack(packed, 1000).Length);
        foreach (var said in new long[] { 999, 1001, -1, BatchPieces.Size + 1, long.MaxValue }) Assert.Throws<InvalidDataException>(() => _unpacker.Unpack(packed, said));
        Assert.Throws<InvalidDataException>(() => _unpacker.Unpack([1, 2, 3, 4, 5, 6, 7, 8], 100));
    }
}
