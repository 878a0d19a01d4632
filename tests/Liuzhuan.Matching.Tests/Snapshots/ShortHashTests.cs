using System.Security.Cryptography;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public class ShortHashTests
{
    [Fact]
    public void The_hash_is_the_one_of_the_system_library_for_every_length_up_to_a_page()
    {
        var data = new byte[4096];
        new Random(4).NextBytes(data);
        for (var length = 0; length <= data.Length; length += length < 300 ? 1 : 97)
            Assert.Equal(SHA256.HashData(data.AsSpan(0, length)), ShortHash.Of(data.AsSpan(0, length)));
    }
}
