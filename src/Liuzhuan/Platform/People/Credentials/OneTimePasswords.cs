using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>Time-based one-time passwords as authenticator apps make them (RFC 6238 with HMAC-SHA-1, 6 digits, 30 seconds; RFC 4226 section 5.3).</summary>
internal static class OneTimePasswords
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int SecretBytes = 20, Digits = 6, Modulus = 1_000_000;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>A new secret, in base 32 as apps take it (RFC 4648 section 6; 20 bytes need no padding).</summary>
    public static string NewSecret() => Base32(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The time step of an instant.</summary>
    public static long StepOf(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The password of a time step.</summary>
#pragma warning disable CA5350 // Authenticator apps know HMAC-SHA-1 only; its use as a MAC is unbroken.
    public static string At(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8], mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        HMACSHA1.HashData(Bytes(secret), counter, mac);
        var at = mac[^1] & 0xF;
        return ((BinaryPrimitives.ReadInt32BigEndian(mac[at..]) & int.MaxValue) % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    /// <summary>The time step whose password this is, among the present one and its neighbours, for clocks that differ a little; null for none. Takes the same time for any text of six characters.</summary>
    public static long? Match(string secret, string given, DateTimeOffset now)
    {
        long? matched = null;
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(At(secret, step)), Encoding.UTF8.GetBytes(given))) matched = step;
        }

        return given.Length == Digits ? matched : null;
    }

    /// <summary>What an app reads from a link or a code to scan.</summary>
    public static string Link(string secret, string account) => $"otpauth://totp/{Uri.EscapeDataString("流转")}:{Uri.EscapeDataString(account)}?secret={secret}&issuer={Uri.EscapeDataString("流转")}";

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        for (var bit = 0; bit < bytes.Length * 8; bit += 5)
        {
            var value = 0;
            for (var i = bit; i < bit + 5; i++) value = (value << 1) | (bytes[i / 8] >> (7 - (i % 8)) & 1);
            text.Append(Alphabet[value]);
        }

        return text.ToString();
    }

    private static byte[] Bytes(string secret)
    {
        var bytes = new byte[secret.Length * 5 / 8];
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            if ((Alphabet.IndexOf(secret[i / 5], StringComparison.Ordinal) >> (4 - (i % 5)) & 1) == 1) bytes[i / 8] |= (byte)(1 << (7 - (i % 8)));
        }

        return bytes;
    }
}
