using Liuzhuan.Platform.Signing.Messages;
using Microsoft.Extensions.Primitives;

namespace Liuzhuan.Tests.Platform.Signing.Messages;

public class ContentDigestTests
{
    // RFC 9530 appendix D.1.
    private const string Example = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";

    private static readonly byte[] Content = [.. "{\"hello\": \"world\"}"u8, (byte)'\n'];

    [Fact]
    public void The_example_of_the_standard_fits()
    {
        Assert.Equal(Example, ContentDigest.Of(Content));
        Assert.Null(ContentDigest.Check(Example, Content));
        Assert.Equal("digest.different", ContentDigest.Check(Example, Content.AsSpan(1))?.Code);
    }

    [Fact]
    public void Other_algorithms_beside_it_are_passed_over()
    {
        Assert.Null(ContentDigest.Check(new StringValues(["sha-512=:AAAA:", Example]), Content));
        Assert.Null(ContentDigest.Check($"{Example}, unixsum=:AAAA:", Content));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha-512=:AAAA:")]
    [InlineData("sha-256=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=")]
    [InlineData("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDh=:")]
    [InlineData("sha-256=:AAAA:")]
    [InlineData("SHA-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:")]
    [InlineData(Example + ", " + Example)]
    [InlineData(Example + ",")]
    public void A_field_without_a_usable_sha256_is_missing(string field) => Assert.Equal("digest.missing", ContentDigest.Check(field, Content)?.Code);
}
