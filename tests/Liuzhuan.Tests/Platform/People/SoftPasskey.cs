using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.People.Credentials;
using Microsoft.AspNetCore.Identity;

namespace Liuzhuan.Tests.Platform.People;

/// <summary>An authenticator without a device (WebAuthn level 3, section 6.3.3): ES256, user verified, and a counter that stays at zero, as that of passkeys that are copied between devices does.</summary>
internal sealed class SoftPasskey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);

    /// <summary>The key as a service keeps it that somebody registered it with.</summary>
    public UserPasskeyInfo Registered(DateTimeOffset at) => new(_id, PublicKey(), at, 0, [], true, false, false, [], []) { Name = "test" };

    /// <summary>The answer to what navigator.credentials.get was asked.</summary>
    /// <param name="options">As the service gave them.</param>
    public string Answer(string options, string actor, Uri origin)
    {
        var challenge = JsonDocument.Parse(options).RootElement.GetProperty("challenge").GetString();
        var client = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { type = "webauthn.get", challenge, origin = origin.GetLeftPart(UriPartial.Authority), crossOrigin = false }));
        // Of the name of the service; user present and verified; counted zero times.
        byte[] data = [.. SHA256.HashData(Encoding.UTF8.GetBytes(origin.Host)), 0x05, 0, 0, 0, 0];
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return JsonSerializer.Serialize(new
        {
            id = StoredPasskey.IdOf(_id), rawId = StoredPasskey.IdOf(_id), type = "public-key", clientExtensionResults = new { },
            response = new { clientDataJSON = Base64Url.EncodeToString(client), authenticatorData = Base64Url.EncodeToString(data), signature = Base64Url.EncodeToString(signature), userHandle = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(actor)) },
        });
    }

    public void Dispose() => _key.Dispose();

    // COSE_Key of an elliptic curve key (RFC 9053 section 7.1): EC2, ES256, P-256, x, y.
    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }
}
