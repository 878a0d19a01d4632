using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Tests.Platform.Ledger;

public class WordDigestTests
{
    [Fact]
    public void The_same_words_give_another_digest_each_time_and_are_proved_by_their_salt_alone()
    {
        var (first, second) = (WordDigest.Of("同意"), WordDigest.Of("同意"));

        Assert.NotEqual(first.Digest, second.Digest);
        Assert.Equal(32, first.Salt.Length);
        Assert.Equal(first.Digest, Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(first.Salt), .. Encoding.UTF8.GetBytes("同意")])));
        Assert.NotEqual(first.Digest, WordDigest.Over(first.Salt, "不同意"));
        Assert.Equal(new WordDigest("", null), WordDigest.Of(""));
    }
}
