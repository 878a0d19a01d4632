using System.Security.Cryptography;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Messages;

namespace Liuzhuan.Tests.Platform.Signing.Messages;

/// <summary>The examples of RFC 9421 appendix B.</summary>
public class MessageVectorTests
{
    private const string ResponseInput = """sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256" """;
    private const string RequestInput = """sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519" """;

    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1618884475);

    private static PlainMessage Request => PlainMessage.Asking("POST", "example.com", "/foo", "?param=Value&Pet=dog")
        .With("date", "Tue, 20 Apr 2021 02:07:55 GMT").With("content-type", "application/json").With("content-length", "18");

    private static PlainMessage Response => PlainMessage.Answering(200)
        .With("date", "Tue, 20 Apr 2021 02:07:56 GMT").With("content-type", "application/json").With("content-length", "23")
        .With("content-digest", "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:");

    // B.1.3 and B.1.4.
    private static VerifyingKey P256
    {
        get
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ=="), out _);
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            return VerifyingKey.From(SigningSuites.Es256, [4, .. point.X!, .. point.Y!]).Ok(out var made, out _) ? made : throw new InvalidOperationException();
        }
    }

    private static SigningKey Ed25519 => SigningSuites.Ed25519.Load(Convert.FromBase64String("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF"));

    [Fact]
    public void The_signed_response_of_B24_is_believed()
    {
        var message = Response.With("signature-input", ResponseInput.Trim()).With("signature", "sig-b24=:wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:");
        var policy = new SignaturePolicy { Required = [new("@status"), new("content-digest")] };

        Assert.True(MessageVerifier.Verify(message, policy, id => id == "test-key-ecc-p256" ? P256 : null, Then).Ok(out var signature, out _));
        Assert.Equal("sig-b24", signature.Label);

        Assert.False(MessageVerifier.Verify(message.But(status: 201), policy, _ => P256, Then).Ok(out _, out var refusal));
        Assert.Equal("auth.signature-wrong", refusal.Code);
    }

    [Fact]
    public void The_signed_request_of_B26_is_believed_and_made()
    {
        const string signature = ":wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:";
        var message = Request.With("signature-input", RequestInput.Trim()).With("signature", "sig-b26=" + signature);
        var policy = new SignaturePolicy { Required = [new("@method"), new("@path"), new("@authority")] };
        Assert.True(MessageVerifier.Verify(message, policy, _ => VerifyingKey.Of(Ed25519), Then).Ok(out _, out _));

        // Ed25519 signs the same bytes in the same way, so ours must be the one that is printed.
        var input = new SignatureInput
        {
            Components = [new("date"), new("@method"), new("@path"), new("@authority"), new("content-type"), new("content-length")],
            Created = 1618884473, KeyId = "test-key-ed25519",
        };
        Assert.Equal((RequestInput.Trim()["sig-b26".Length..], signature), Unlabelled(MessageSigner.Sign(Request, input, Ed25519)));
    }

    private static (string Input, string Signature) Unlabelled((string Input, string Signature) fields) => (fields.Input["sig1".Length..], fields.Signature["sig1=".Length..]);
}
