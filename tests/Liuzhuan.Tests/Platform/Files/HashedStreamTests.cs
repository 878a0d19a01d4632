using System.Security.Cryptography;
using Liuzhuan.Platform.Files;

namespace Liuzhuan.Tests.Platform.Files;

public class HashedStreamTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];

    [Fact]
    public void What_was_read_before_a_new_start_is_not_in_the_digest()
    {
        using var stream = new HashedStream(new MemoryStream(Content), startsOver: true);
        stream.ReadExactly(new byte[400]);
        stream.Position = 0;
        stream.CopyTo(Stream.Null);
        Assert.Equal(Content.Length, stream.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Content)), stream.Digest);
    }

    [Fact]
    public void Nothing_is_left_out_of_a_digest_by_skipping()
    {
        using var file = new HashedStream(new MemoryStream(Content), startsOver: true);
        Assert.Throws<NotSupportedException>(() => file.Position = 5);
        using var passing = new HashedStream(new MemoryStream(Content));
        Assert.False(passing.CanSeek);
        Assert.Throws<NotSupportedException>(() => passing.Position = 0);
    }
}
