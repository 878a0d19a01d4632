using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>Bodies of questions that a registered client signs properly.</summary>
internal static class HostileBodies
{
    private const string Unreadable = "question.unreadable", Bounds = "question.bounds";

    private static readonly string Good = Encoding.UTF8.GetString(HostileGround.GoodQuestion).Replace("\\u738B\\u4F1F", "王伟", StringComparison.Ordinal);

    public static IEnumerable<HostileCase> All =>
    [
        Body("arrays nested a thousand deep", 400, Unreadable, Good.Replace("\"values\":{}", $"\"values\":{new string('[', 1000)}{new string(']', 1000)}", StringComparison.Ordinal)),
        Body("objects nested eight deep", 400, Unreadable, Good.Replace("\"values\":{}", "\"values\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}", StringComparison.Ordinal)),
        Body("arrays that never close", 400, Unreadable, new string('[', 16_000)),
        Body("a member twice", 400, Unreadable, Good.Replace("{\"purpose\"", "{\"purpose\":\"x\",\"purpose\"", StringComparison.Ordinal)),
        Body("a member twice, once escaped", 400, Unreadable, Good.Replace("{\"purpose\"", "{\"\\u0070urpose\":\"x\",\"purpose\"", StringComparison.Ordinal)),
        Body("a value twice", 400, Unreadable, Values("\"sex\":\"男\",\"sex\":\"女\"")),
        Body("an unknown member", 400, Unreadable, Good.Replace("{\"purpose\"", "{\"__proto__\":{},\"purpose\"", StringComparison.Ordinal)),
        Body("a member in other letters", 400, Unreadable, Good.Replace("\"purpose\"", "\"Purpose\"", StringComparison.Ordinal)),
        Body("a number for a text", 400, Unreadable, Good.Replace("\"11010119900307663X\"", "1e400", StringComparison.Ordinal)),
        Body("a number of ten thousand digits", 400, Unreadable, Good.Replace("\"11010119900307663X\"", new string('9', 10_000), StringComparison.Ordinal)),
        Body("a number that overflows as a day", 400, Unreadable, More("\"sealedUntil\":99999999999999999999")),
        Body("the first day there is", 403, "access.seal-not-granted", More("\"sealedUntil\":\"0001-01-01\"")),
        Body("the last day there is", 403, "access.seal-not-granted", More("\"sealedUntil\":\"9999-12-31\"")),
        Body("a day that is none", 400, Unreadable, More("\"sealedUntil\":\"2026-02-30\"")),
        Body("half a surrogate pair in a text", 400, Unreadable, Good.Replace("王伟", "\\ud800", StringComparison.Ordinal)),
        Body("half a surrogate pair in a name of a value", 400, Unreadable, Values("\"\\udc00\":\"1\"")),
        Body("half a surrogate pair in a member", 400, Unreadable, More("\"\\ud800\":1")),
        Body("half a surrogate pair in the purpose", 400, Unreadable, Good.Replace(TestService.Purpose, "\\ud800", StringComparison.Ordinal)),
        Body("a NUL byte", 400, Unreadable, Good.Replace("王伟", "王\0伟", StringComparison.Ordinal)),
        Body("an escaped NUL in the purpose", 403, "access.purpose-not-granted", Good.Replace(TestService.Purpose, "a\\u0000b", StringComparison.Ordinal)),
        Body("an escaped NUL in the fact", 400, "question.unknown-fact", Good.Replace("\"identity\"", "\"identity\\u0000\"", StringComparison.Ordinal)),
        Body("a byte order mark", 400, Unreadable, "\uFEFF" + Good),
        Bytes("UTF-16", 400, Unreadable, Encoding.Unicode.GetBytes(Good)),
        Bytes("UTF-16 with its mark", 400, Unreadable, [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Good)]),
        Bytes("UTF-32", 400, Unreadable, Encoding.UTF32.GetBytes(Good)),
        Bytes("Latin-1", 400, Unreadable, Encoding.Latin1.GetBytes(Good.Replace("王伟", "Zoé", StringComparison.Ordinal))),
        Bytes("GB18030", 400, Unreadable, [.. Ascii("{\"purpose\":\""), 0xCD, 0xF5, 0xCE, 0xB0, .. Ascii("\"}")]),
        Bytes("an overlong slash", 400, Unreadable, Spliced(0xC0, 0xAF)),
        Bytes("an overlong NUL", 400, Unreadable, Spliced(0xC0, 0x80)),
        Bytes("a surrogate in UTF-8", 400, Unreadable, Spliced(0xED, 0xA0, 0x80)),
        Bytes("beyond the last character", 400, Unreadable, Spliced(0xF4, 0x90, 0x80, 0x80)),
        Bytes("a character cut short", 400, Unreadable, Spliced(0xE7, 0x8E)),
        Body("null", 400, "question.not-an-object", "null"),
        Body("a list", 400, Unreadable, "[]"),
        Body("a text", 400, Unreadable, "\"x\""),
        Body("two bodies", 400, Unreadable, Good + Good),
        Body("a comment", 400, Unreadable, Good.Replace("{\"purpose\"", "{/*x*/\"purpose\"", StringComparison.Ordinal)),
        Body("a comma too many", 400, Unreadable, Good[..^1] + ",}"),
        Body("not a number", 400, Unreadable, Good.Replace("\"11010119900307663X\"", "NaN", StringComparison.Ordinal)),
        Body("blanks only", 400, Unreadable, new string(' ', 16_000)),
        Body("nothing is asked", 400, Bounds, Good[..Good.IndexOf("\"facts\"", StringComparison.Ordinal)] + "\"facts\":[]}"),
        Body("nine facts", 400, Bounds, Good[..Good.IndexOf("\"facts\"", StringComparison.Ordinal)] + $"\"facts\":[{string.Join(',', Enumerable.Repeat("{\"fact\":\"identity\"}", 9))}]}}"),
        Body("a fact that is null", 400, Bounds, Good[..Good.IndexOf("\"facts\"", StringComparison.Ordinal)] + "\"facts\":[null]}"),
        Body("values that are null", 400, Bounds, Good.Replace("\"values\":{}", "\"values\":null", StringComparison.Ordinal)),
        Body("a value that is null", 400, Bounds, Values("\"sex\":null")),
        Body("a person that is null", 400, Bounds, Good.Replace("{\"number\":\"11010119900307663X\",\"name\":\"王伟\"}", "null", StringComparison.Ordinal)),
        Body("a very long name", 400, Bounds, Good.Replace("11010119900307663X", new string('1', 501), StringComparison.Ordinal)),
        Body("thirteen values", 400, Bounds, Values(string.Join(',', Enumerable.Range(0, 13).Select(i => $"\"v{i}\":\"1\"")))),
        Body("a value that the fact does not know", 400, "question.unknown-value", Values("\"password\":\"1\"")),
        Body("SQL in the number", 200, "", Good.Replace("11010119900307663X", "' or 1=1; drop table ledger_entries; --", StringComparison.Ordinal)),
        Body("an escaped NUL in the number", 200, "", Good.Replace("11010119900307663X", "1\\u0000", StringComparison.Ordinal)),
        Body("a body of 16 KiB and one byte", 413, "request.too-large", Good + new string(' ', (16 << 10) + 1 - Encoding.UTF8.GetByteCount(Good))),
        HostileCase.Of("a body that is announced as a gigabyte", 413, "request.too-large", ground => ground.QuestionAsync(after: request => request.Set("Content-Length", $"{1 << 30}"))),
        HostileCase.Of("no body", 400, Unreadable, ground => ground.SignedAsync("POST", "/api/questions")),
        new("a body without end, in chunks", 413, "request.too-large", async ground => EndlessChunks((await ground.QuestionAsync(after: request => request.With("Transfer-Encoding", "chunked"))).Bytes())),
        HostileCase.Of("gzip", 415, "request.media-type", ground => ground.QuestionAsync(body: Zipped(HostileGround.GoodQuestion), before: request => request.With("Content-Encoding", "gzip"))),
        HostileCase.Of("a gzip bomb", 415, "request.media-type", ground => ground.QuestionAsync(body: Zipped(new byte[10 << 20]), before: request => request.With("Content-Encoding", "gzip"))),
        HostileCase.Of("brotli", 415, "request.media-type", ground => ground.QuestionAsync(before: request => request.With("Content-Encoding", "br"))),
        HostileCase.Of("gzip that does not say so", 400, Unreadable, ground => ground.QuestionAsync(body: Zipped(HostileGround.GoodQuestion))),
        HostileCase.Of("a form", 415, "request.media-type", ground => ground.QuestionAsync(before: request => request.Set("Content-Type", "application/x-www-form-urlencoded"))),
        HostileCase.Of("text/plain", 415, "request.media-type", ground => ground.QuestionAsync(before: request => request.Set("Content-Type", "text/plain"))),
        HostileCase.Of("JSON that says it is UTF-16", 415, "request.media-type", ground => ground.QuestionAsync(before: request => request.Set("Content-Type", "application/json; charset=utf-16"))),
        HostileCase.Of("a content type that is none", 415, "request.media-type", ground => ground.QuestionAsync(before: request => request.Set("Content-Type", ";;;"))),
        HostileCase.Of("JSON that says it is UTF-8", 200, "", ground => ground.QuestionAsync(before: request => request.Set("Content-Type", "application/json; charset=UTF-8"))),
    ];

    private static string Values(string members) => Good.Replace("\"values\":{}", $"\"values\":{{{members}}}", StringComparison.Ordinal);

    private static string More(string member) => Good[..^1] + $",{member}}}";

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    // Bytes in the middle of the purpose.
    private static byte[] Spliced(params byte[] bytes) => [.. Ascii("{\"purpose\":\"a"), .. bytes, .. Ascii("b\",\"person\":{\"number\":\"1\"},\"facts\":[{\"fact\":\"identity\"}]}")];

    private static HostileCase Body(string name, int status, string code, string body) => Bytes(name, status, code, Encoding.UTF8.GetBytes(body));

    private static HostileCase Bytes(string name, int status, string code, byte[] body) => HostileCase.Of(name, status, code, ground => ground.QuestionAsync(body: body));

    private static byte[] Zipped(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal)) zip.Write(content);
        return zipped.ToArray();
    }

    // The head, then chunks for ever: the server has to stop it.
    private static IEnumerable<byte[]> EndlessChunks(byte[] request)
    {
        yield return request[..(request.AsSpan().IndexOf("\r\n\r\n"u8) + 4)];
        var chunk = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1000\r\n{new string(' ', 4096)}\r\n"));
        for (var i = 0; i < 100_000; i++) yield return chunk;
    }
}
