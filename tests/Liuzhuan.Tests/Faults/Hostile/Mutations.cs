using System.Text;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>Requests that were good until some of their bytes were changed: before they were signed, or on the way.</summary>
internal static class Mutations
{
    private static readonly byte[][] Pieces =
    [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], "\r\n"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "\n"u8.ToArray(), " "u8.ToArray(), ","u8.ToArray(), "\""u8.ToArray(), "\\"u8.ToArray(), "\\u0000"u8.ToArray(), "\\ud800"u8.ToArray(),
        "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "null"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "9223372036854775808"u8.ToArray(), ":"u8.ToArray(), ";"u8.ToArray(), "="u8.ToArray(), "("u8.ToArray(), ")"u8.ToArray(), "%00"u8.ToArray(), "../"u8.ToArray(), "chunked"u8.ToArray(), "sha-256=:"u8.ToArray(),
    ];

    /// <summary>One request.</summary>
    public static async Task<byte[]> NextAsync(HostileGround ground, Random random)
    {
        var isInside = random.Next(2) == 0;
        byte[] Bent(byte[] good) => isInside ? Changed(good, random) : good;
        var request = random.Next(5) switch
        {
            0 => await ground.SignedAsync("POST", "/api/batches", Bent(HostileBatches.Announced("a.csv", 1000))),
            1 => await ground.SignedAsync("GET", isInside ? $"/api/batches?{Escaped(Changed("limit=5&after=abcdefgh"u8.ToArray(), random))}" : $"/api/batches/{ground.Batch}"),
            2 => ground.Form(Encoding.Latin1.GetString(Bent(Encoding.ASCII.GetBytes($"grant_type=client_credentials&client_assertion_type=a&client_assertion={await ground.Service.TokenAsync(TestService.School)}")))),
            3 => await ground.SignedAsync("PATCH", $"/api/batches/{ground.Upload}/content", new byte[100], one => one.With("Upload-Offset", isInside ? Encoding.ASCII.GetString(Changed("0"u8.ToArray(), random)).ReplaceLineEndings("").Replace('\0', '0') : "0").With("Upload-Complete", "?0"), type: "application/partial-upload"),
            _ => await ground.QuestionAsync(body: Bent(HostileGround.GoodQuestion)),
        };
        return isInside ? request.Bytes() : Ended(Changed(request.Bytes(), random));
    }

    private static byte[] Changed(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            var (at, length) = (random.Next(bytes.Count), random.Next(1, 30));
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]); break;
                case 3: bytes.RemoveRange(at, Math.Min(length, bytes.Count - at)); break;
                default: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(length, bytes.Count - at))); break;
            }
        }

        return [.. bytes];
    }

    // A request that lost its end would wait for it, rightly, for half a minute: it is given one.
    private static byte[] Ended(byte[] bytes) => [.. bytes, .. Enumerable.Repeat((byte)' ', 2000), .. "\r\n\r\n"u8];

    private static string Escaped(byte[] bytes) => string.Concat(bytes.Select(one => char.IsAsciiLetterOrDigit((char)one) || one is (byte)'=' or (byte)'&' ? $"{(char)one}" : $"%{one:X2}"));
}
