using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Signing;

namespace Liuzhuan.Tests.Platform.Signing.Suites;

public class OpenSslTests
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("出具证明 may be answered, once, on 2026-03-05.");

    public static TheoryData<string> Suites => [.. SigningSuites.All.Select(suite => suite.Id)];

    [Theory, MemberData(nameof(Suites))]
    public void OpenSsl_reads_our_key_and_believes_our_signature(string id)
    {
        using var openSsl = new OpenSsl();
        var suite = Suite(id);
        var pkcs8 = suite.NewPrivateKey();
        var signature = suite.Load(pkcs8).Sign(Message);

        openSsl.Write("key.pem", PemEncoding.WriteString("PRIVATE KEY", pkcs8));
        Assert.Equal(0, openSsl.Run("pkey -in key.pem -pubout -out public.pem").Code);

        Assert.Equal((0, true), Check(openSsl, id, Message, signature));
        Assert.NotEqual(0, Check(openSsl, id, [.. Message, 0], signature).Code);
    }

    [Theory, MemberData(nameof(Suites))]
    public void We_read_the_key_of_OpenSsl_and_believe_its_signature(string id)
    {
        using var openSsl = new OpenSsl();
        var suite = Suite(id);
        openSsl.Write("message", Message);
        Assert.Equal(0, openSsl.Run(id switch
        {
            "ES256" => "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
            "Ed25519" => "genpkey -algorithm ED25519 -out key.pem",
            _ => "genpkey -algorithm SM2 -out key.pem",
        }).Code);
        var (code, output) = openSsl.Run($"pkeyutl -sign -rawin {Hash(id)} -inkey key.pem -in message -out signature");
        Assert.True(code == 0, output);

        var signature = id == "Ed25519" ? openSsl.Read("signature") : Fixed(openSsl.Read("signature"));
        var publicKey = VerifyingKey.Of(suite.Load(Key(openSsl.Read("key.pem"))));

        Assert.True(publicKey.Verify(Message, signature));
        Assert.False(publicKey.Verify([.. Message, 0], signature));
    }

    private static SigningSuite Suite(string id) => SigningSuites.Find(id).Ok(out var suite, out _) ? suite : throw new ArgumentException(id);

    private static byte[] Key(byte[] pem)
    {
        var text = Encoding.ASCII.GetString(pem);
        return Convert.FromBase64String(text[PemEncoding.Find(text).Base64Data]);
    }

    private static (int Code, bool Said) Check(OpenSsl openSsl, string id, byte[] message, byte[] signature)
    {
        openSsl.Write("message", message);
        openSsl.Write("signature", id == "Ed25519" ? signature : Sequence(signature));
        var (code, output) = openSsl.Run($"pkeyutl -verify -rawin {Hash(id)} -pubin -inkey public.pem -in message -sigfile signature");
        return (code, output.Contains("Verified Successfully", StringComparison.Ordinal));
    }

    private static string Hash(string id) => id switch
    {
        "ES256" => "-digest sha256",
        "Ed25519" => "",
        _ => "-digest sm3 -pkeyopt distid:1234567812345678",
    };

    // OpenSSL writes r and s as a DER sequence; messages carry them in fixed length.
    private static byte[] Fixed(byte[] der)
    {
        var sequence = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        return [.. Padded(sequence.ReadInteger()), .. Padded(sequence.ReadInteger())];
    }

    private static byte[] Padded(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private static byte[] Sequence(byte[] signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(signature.AsSpan(0, 32), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }
}
