using Liuzhuan.Platform.Ledger.Tiles;

namespace Liuzhuan.Tests.Platform.Ledger.Tiles;

public class TilePathTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 1234067, 112, "tile/0/x001/x234/067.p/112")]
    [InlineData(63, 999, 1, "tile/63/999.p/1")]
    [InlineData(TilePath.Entries, 1000, 256, "tile/entries/x001/000")]
    public void A_path_is_written_as_tlog_tiles_writes_it_and_read_back(int level, long number, int width, string text)
    {
        var path = new TilePath(level, number, width);
        Assert.Equal(text, path.ToString());
        Assert.True(TilePath.TryParse(text, out var read));
        Assert.Equal(path, read);
    }

    [Theory]
    [InlineData("tile/0")]
    [InlineData("tile/0/0")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/../../checkpoint")]
    [InlineData("tile/entry/000")]
    [InlineData("tiles/0/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    public void Any_other_spelling_is_refused(string text) => Assert.False(TilePath.TryParse(text, out _));

    [Fact]
    public void A_bundle_comes_back_as_it_was_and_a_cut_one_is_refused()
    {
        byte[][] entries = [[], [1], new byte[65535], [2, 3]];
        var bundle = EntryBundle.Write(entries);
        Assert.Equal(entries, EntryBundle.Read(bundle)!.Select(entry => entry.ToArray()));
        Assert.Null(EntryBundle.Read(bundle.AsMemory(0, bundle.Length - 1)));
        Assert.Null(EntryBundle.Read(new byte[] { 0 }));
        Assert.Null(EntryBundle.Read(new byte[514]));
    }
}
