using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Signing;

namespace Liuzhuan.Tests.Platform.Signing;

public class JsonWebKeyTests
{
    public static TheoryData<string> Suites => [.. SigningSuites.All.Select(suite => suite.Id)];

    [Theory, MemberData(nameof(Suites))]
    public void A_published_key_is_read_back_as_itself(string id)
    {
        var suite = SigningSuites.All.Single(suite => suite.Id == id);
        var key = VerifyingKey.Of(suite.Load(suite.NewPrivateKey()));

        var set = JsonDocument.Parse(JsonWebKeys.WriteSet([key])).RootElement.GetProperty("keys");
        Assert.Equal(key.KeyId, set[0].GetProperty("kid").GetString());
        Assert.True(JsonWebKeys.Read(set[0]).Ok(out var read, out _));
        Assert.Equal((key.Suite, key.KeyId), (read.Suite, read.KeyId));
        Assert.Equal(key.Bytes.ToArray(), read.Bytes.ToArray());
    }

    [Fact]
    public void The_thumbprint_of_P256_hashes_the_four_required_members_in_order()
    {
        var key = VerifyingKey.Of(SigningSuites.Es256.Load(SigningSuites.Es256.NewPrivateKey()));
        var (x, y) = (Base64Url.EncodeToString(key.Bytes.Span[1..33]), Base64Url.EncodeToString(key.Bytes.Span[33..]));
        var words = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";

        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(words))), key.KeyId);
    }

    [Theory]
    [InlineData("""[]""", "key.jwk-unreadable")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"a"}""", "key.jwk-unreadable")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":1,"y":2}""", "key.jwk-unreadable")]
    [InlineData("""{"kty":"\ud800","crv":"P-256","x":"a"}""", "key.jwk-unreadable")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","use":7,"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "key.jwk-unknown")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","alg":null,"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "key.jwk-unknown")]
    [InlineData("""{"kty":"oct","k":"AAAA","alg":"HS256"}""", "key.jwk-unreadable")]
    [InlineData("""{"kty":"RSA","n":"AAAA","e":"AQAB","crv":"P-256","x":"a"}""", "key.jwk-unknown")]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"a","y":"b"}""", "key.jwk-unknown")]
    [InlineData("""{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "key.jwk-unknown")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","use":"enc","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "key.jwk-unknown")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","alg":"HS256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "key.jwk-unknown")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "key.jwk-private")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="}""", "key.invalid")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}""", "key.invalid")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcH+Ro"}""", "key.invalid")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaP HURo"}""", "key.invalid")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "key.invalid")]
    public void A_key_that_cannot_be_used_is_refused_by_its_defect(string jwk, string code)
    {
        Assert.False(JsonWebKeys.Read(JsonDocument.Parse(jwk).RootElement).Ok(out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }
}
