using System.Text;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>What is wrong below HTTP's meaning: framing, lines, targets, hosts, and clients that take their time.</summary>
internal static class HostileTransport
{
    private const string Post = "POST /api/questions HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nConnection: close\r\n";

    public static IEnumerable<HostileCase> All =>
    [
        HostileCase.Raw("a length and chunks", 401, "auth.no-token", Post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: HOST\r\n\r\n"),
        HostileCase.Raw("two lengths", 400, Post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde"),
        HostileCase.Raw("two lengths in one line", 400, Post + "Content-Length: 4, 5\r\n\r\nabcde"),
        HostileCase.Raw("a length below nothing", 400, Post + "Content-Length: -1\r\n\r\n"),
        HostileCase.Raw("a length with a plus", 401, "auth.no-token", Post + "Content-Length: +4\r\n\r\nabcd"),
        HostileCase.Raw("a length in hexadecimal", 400, Post + "Content-Length: 0x4\r\n\r\nabcd"),
        HostileCase.Raw("a length that overflows", 400, Post + "Content-Length: 99999999999999999999\r\n\r\n"),
        HostileCase.Raw("chunks twice over", 401, "auth.no-token", Post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        HostileCase.Raw("an encoding nobody knows", 400, Post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        HostileCase.Raw("chunks that are not the last encoding", 400, Post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        HostileCase.Raw("chunks in HTTP/1.0", 401, "auth.no-token", Post.Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal) + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        HostileCase.Raw("a header continued on the next line", 400, Post + "X-A: b\r\n c\r\n\r\n"),
        HostileCase.Raw("a blank before the colon", 400, Post + "Content-Length : 4\r\n\r\nabcd"),
        HostileCase.Raw("a header without a colon", 400, Post + "Nonsense\r\n\r\n"),
        HostileCase.Raw("a header without a name", 400, Post + ": x\r\n\r\n"),
        HostileCase.Raw("a NUL in a header", 400, Post + "X-A: b\0c\r\n\r\n"),
        HostileCase.Raw("a lone CR in a header", 400, Post + "X-A: b\rc\r\n\r\n"),
        HostileCase.Raw("a NUL in a name", 400, Post + "X\0A: b\r\n\r\n"),
        HostileCase.Raw("a header of forty kilobytes", 431, Post + $"X-A: {new string('a', 40_000)}\r\n\r\n"),
        HostileCase.Raw("two hundred headers", 431, Post + string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n")) + "\r\n"),
        HostileCase.Raw("a target of nine kilobytes", 414, $"GET /{new string('a', 9_000)} HTTP/1.1\r\nHost: HOST\r\n\r\n"),
        HostileCase.Raw("no method", 400, " / HTTP/1.1\r\nHost: HOST\r\n\r\n"),
        HostileCase.Raw("a method of signs", 400, "<script> / HTTP/1.1\r\nHost: HOST\r\n\r\n"),
        HostileCase.Raw("an unknown version", 505, "GET / HTTP/9.9\r\nHost: HOST\r\n\r\n"),
        HostileCase.Raw("HTTP/0.9", 400, "GET /\r\n\r\n"),
        HostileCase.Raw("the beginning of HTTP/2", 0, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        HostileCase.Raw("the beginning of TLS", 400, "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n"),
        HostileCase.Raw("no host", 400, "GET /health HTTP/1.1\r\n\r\n"),
        HostileCase.Raw("two hosts", 400, "GET /health HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\n\r\n"),
        HostileCase.Raw("a host with a user", 400, "GET /health HTTP/1.1\r\nHost: HOST@evil.example\r\n\r\n"),
        HostileCase.Raw("a host with a path", 400, "GET /health HTTP/1.1\r\nHost: HOST/evil\r\n\r\n"),
        HostileCase.Raw("a foreign host", 421, "GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        HostileCase.Raw("a host that begins like ours", 421, "GET /health HTTP/1.1\r\nHost: localhost.evil.example\r\nConnection: close\r\n\r\n"),
        HostileCase.Raw("an address of the network", 421, "GET /health HTTP/1.1\r\nHost: 169.254.169.254\r\nConnection: close\r\n\r\n"),
        HostileCase.Raw("a foreign host that says it was forwarded for ours", 421, "GET /health HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\nConnection: close\r\n\r\n"),
        HostileCase.Raw("a target with a foreign host", 400, "GET http://evil.example/health HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"),
        HostileCase.Raw("a tunnel", 400, "CONNECT evil.example:443 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"),
        Get("up and up", 404, "/../../../../etc/passwd"),
        Get("up and up, escaped", 404, "/%2e%2e/%2e%2e/etc/passwd"),
        Get("up and up, slashes escaped", 404, "/..%2f..%2f..%2fetc%2fpasswd"),
        Get("up and up, escaped twice", 404, "/%252e%252e/etc/passwd"),
        Get("up and up, backwards", 404, "/..\\..\\etc\\passwd"),
        Get("up from a folder of files", 404, "/assets/../../liuzhuan.db"),
        Get("up from a job", 404, "/jobs/..%2f..%2fkeys/result"),
        Get("up from the tiles", 400, "/ledger/tile/..%2f..%2fkeys"),
        Get("the key folder", 404, "/keys/ledger.Ed25519.0001.pem"),
        Get("a NUL in the path", 400, "/api/%00"),
        Get("a broken escape", 404, "/api/%zz"),
        Get("an overlong slash in the path", 404, "/%c0%af..%c0%afetc"),
        Get("two slashes first", 404, "//evil.example/x"),
        Get("a proof of a size that overflows", 400, "ledger.range", "/ledger/proof/inclusion?position=99999999999999999999&size=1"),
        Get("a proof below nothing", 400, "ledger.range", "/ledger/proof/inclusion?position=-1&size=1"),
        Get("a proof of another sort", 400, "ledger.range", "/ledger/proof/consistency?from=a&to=%00"),
        Get("a tile without end", 404, "service.not-found", $"/ledger/tile/0/{string.Concat(Enumerable.Repeat("x999/", 500))}000"),
        Get("a problem that is a script", 404, "/problems/%3Cscript%3Ealert(1)%3C%2Fscript%3E"),
        Get("entries without a token", 403, "/ledger/tile/entries/000.p/1"),
        HostileCase.Raw("entries with a token of nothing", 400, "GET /ledger/tile/entries/000.p/1 HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer \u00ff\u00ff\r\nConnection: close\r\n\r\n"),
        HostileCase.Raw("a method in a header", 405, "POST /api/batches/0 HTTP/1.1\r\nHost: HOST\r\nX-HTTP-Method-Override: DELETE\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        HostileCase.Raw("a GET where there is none", 405, "GET /api/questions HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"),
        HostileCase.Raw("a TRACE", 405, "TRACE /api/questions HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"),
        HostileCase.Raw("a socket of the web", 405, "GET /api/questions HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"),
        HostileCase.Raw("a form of a page with a NUL", 400, FormOf("/", "application/x-www-form-urlencoded", "a=%00")),
        HostileCase.Raw("a form of a page that says it is UTF-7", 415, FormOf("/", "application/x-www-form-urlencoded; charset=utf-7", "a=+AGE-")),
        HostileCase.Raw("a form of a page without a boundary", 400, FormOf("/", "multipart/form-data", "--x")),
        HostileCase.Raw("a form of a job's page with a NUL", 400, FormOf("/jobs/0/delete", "application/x-www-form-urlencoded", "a=%00")),
        HostileCase.Raw("a form of a job's page that says it is UTF-7", 415, FormOf("/jobs/0/delete", "application/x-www-form-urlencoded; charset=utf-7", "a=+AGE-")),
        HostileCase.Raw("a form of a job's page of two thousand fields", 400, FormOf("/jobs/0/delete", "application/x-www-form-urlencoded", string.Join('&', Enumerable.Repeat("a", 2000)))),
        Chunked("a chunk of no number", 400, "xyz\r\n"),
        Chunked("a chunk that overflows", 400, "FFFFFFFFFFFFFFFFF\r\n"),
        Chunked("a chunk below nothing", 400, "-1\r\n"),
        Chunked("a chunk without its end", 400, "1\r\nab\r\n"),
        Chunked("a chunk extension of a megabyte", 413, $"1;{new string('x', 1 << 20)}\r\na\r\n0\r\n\r\n"),
        Chunked("a trailer of a megabyte", 400, $"1\r\na\r\n0\r\nX: {new string('x', 1 << 20)}\r\n\r\n"),
        new("a body that comes too slowly", 400, "request.broken", async ground => Slowly((await ground.QuestionAsync()).Bytes())) { Pause = TimeSpan.FromSeconds(1) },
        new("a body that never comes", 400, "request.broken", async ground => [(await ground.QuestionAsync(after: request => request.Set("Content-Length", "9000"))).Bytes()]),
    ];

    private static HostileCase Get(string name, int status, string target) => Get(name, status, "", target);

    private static HostileCase Get(string name, int status, string code, string target) => HostileCase.Raw(name, status, code, $"GET {target} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n");

    private static string FormOf(string target, string type, string form) => $"POST {target} HTTP/1.1\r\nHost: HOST\r\nContent-Type: {type}\r\nContent-Length: {form.Length}\r\nConnection: close\r\n\r\n{form}";

    // Behind the gate: signed like any question.
    private static HostileCase Chunked(string name, int status, string body) => new(name, status, status == 413 ? "request.too-large" : "request.broken", async ground =>
    {
        var bytes = (await ground.QuestionAsync(after: request => request.With("Transfer-Encoding", "chunked"))).Bytes();
        return [bytes[..(bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4)], Encoding.ASCII.GetBytes(body)];
    });

    private static IEnumerable<byte[]> Slowly(byte[] request)
    {
        var body = request.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        yield return request[..body];
        for (var at = body; at < request.Length; at++) yield return request[at..(at + 1)];
    }
}
