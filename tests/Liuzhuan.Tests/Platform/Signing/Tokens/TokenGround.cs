using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Tests.Platform.Signing.Tokens;

/// <summary>A service with its keys, two registered agencies, and the means to write tokens of any kind.</summary>
internal sealed class TokenGround : IClientRegister, IDisposable
{
    public const string Issuer = "https://answers.example", Endpoint = Issuer + "/oauth/token";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liuzhuan-tokens-");

    public TokenGround()
    {
        Keys = KeyFolder.Open(Path.Combine(_folder.FullName, "keys"), Clock).Ok(out var keys, out var refusal) ? keys : throw new InvalidOperationException(refusal.English);
        Court = new RegisteredClient("court") { Keys = [VerifyingKey.Of(CourtKey), VerifyingKey.Of(CourtSecondKey)], Scopes = ["questions"] };
        School = new RegisteredClient("school") { Keys = [VerifyingKey.Of(SchoolKey)] };
        Once = new MemoryOnceStore(Clock);
        Assertions = new ClientAssertions(this, Once, [Issuer, Endpoint], Clock);
        Tokens = new AccessTokens(Keys, Issuer, Clock) { IsRevoked = token => Revoked.Contains(token.Id) };
    }

    public TestClock Clock { get; } = new(TestClock.Morning);

    public SigningKey CourtKey { get; } = NewKey(SigningSuites.Es256);

    public SigningKey CourtSecondKey { get; } = NewKey(SigningSuites.Ed25519);

    public SigningKey SchoolKey { get; } = NewKey(SigningSuites.Es256);

    public RegisteredClient Court { get; set; }

    public RegisteredClient School { get; }

    public KeyFolder Keys { get; }

    public OnceStore Once { get; }

    public ClientAssertions Assertions { get; }

    public AccessTokens Tokens { get; }

    public HashSet<string> Revoked { get; } = [];

    public long Now => Clock.Now.ToUnixTimeSeconds();

    public static SigningKey NewKey(SigningSuite suite) => suite.Load(suite.NewPrivateKey());

    /// <summary>A token of these two texts, well signed or not.</summary>
    public static string Write(string header, string payload, Func<byte[], byte[]> sign)
    {
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public static string Write(string header, string payload, SigningKey key) => Write(header, payload, bytes => key.Sign(bytes));

    /// <summary>Signs with the public key as a shared secret: what a checker that lets the token choose would believe.</summary>
    public static byte[] Hmac(SigningKey key, byte[] text) => HMACSHA256.HashData(key.PublicKey.Span, text);

    public ValueTask<RegisteredClient?> FindAsync(string clientId, CancellationToken stop) => new(new[] { Court, School }.FirstOrDefault(client => client.Id == clientId));

    public ValueTask<RegisteredClient?> FindByCertificateAsync(string thumbprint, CancellationToken stop) =>
        new(new[] { Court, School }.FirstOrDefault(client => client.Certificates.Contains(thumbprint)));

    public void Dispose() => _folder.Delete(recursive: true);
}
