using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>Batches: those of others, their addresses, their announcements, their uploads.</summary>
internal static class HostileBatches
{
    private const string NotFound = "service.not-found", Unreadable = "batch.unreadable", Bounds = "batch.bounds", Part = "application/partial-upload";

    public static IEnumerable<HostileCase> All =>
    [
        .. Others("GET", ""), .. Others("GET", "/result"), .. Others("GET", "/problems"), .. Others("GET", "/manifest"), .. Others("DELETE", ""), .. Others("HEAD", "/content"),
        HostileCase.Of("sending a file into another's batch", 404, NotFound, ground => ground.SignedAsync("PUT", $"/api/batches/{ground.Upload}/content", new byte[1000], client: TestService.Court, type: "application/octet-stream")),
        HostileCase.Of("sending a part into another's batch", 404, NotFound, ground => PatchAsync(ground, "0", "?0", new byte[70_000], client: TestService.Court)),
        HostileCase.Of("another's idempotency key for a batch", 403, "access.fact-not-granted", async ground =>
        {
            var key = $"\"{ground.Nonce()}\"";
            Assert.Equal(201, (await ground.SendAsync(await ground.SignedAsync("POST", "/api/batches", Announced("a.csv", 10), before: request => request.With("Idempotency-Key", key)))).Status);
            return await ground.SignedAsync("POST", "/api/batches", Announced("a.csv", 10), before: request => request.With("Idempotency-Key", key), client: TestService.Court);
        }),
        Address("an address that goes up", "/api/batches/..%2f..%2fkeys"), Address("an address that goes up twice escaped", "/api/batches/%252e%252e"), Address("an address of SQL", "/api/batches/'%20or%20'1'='1"),
        Address("an address of a kilobyte", $"/api/batches/{new string('a', 1000)}"), Address("an address in capitals", $"/api/batches/{new string('A', 32)}"), Address("an address outside ASCII", "/api/batches/%E7%8E%8B%E7%8E%8B%E7%8E%8B"),
        List("after=%00", 400), List("after=!!!!", 400), List($"after={new string('A', 4000)}", 400), List("limit=0", 400), List("limit=-1", 400), List("limit=99999999999", 400), List("limit=1e2", 400), List("limit=1&limit=2", 400),

        Announce("a name that goes up", 415, "batch.wrong-kind", Announced("../../etc/passwd.csv", 10)),
        Announce("a name with a NUL", 415, "batch.wrong-kind", Announced("a\\u0000.csv", 10)),
        Announce("a name with half a surrogate pair", 400, Unreadable, Announced("\\ud800.csv", 10)),
        Announce("a program", 415, "batch.wrong-kind", Announced("a.exe", 10)),
        Announce("a name of 300 characters", 400, Bounds, Announced(new string('a', 300) + ".csv", 10)),
        Announce("no bytes", 400, Bounds, Announced("a.csv", 0)),
        Announce("fewer bytes than none", 400, Bounds, Announced("a.csv", -1)),
        Announce("more bytes than there can be", 413, "batch.too-large", Announced("a.csv", long.MaxValue)),
        Announce("bytes that overflow", 400, Unreadable, Replaced("\"bytes\":10", "\"bytes\":9223372036854775808")),
        Announce("bytes with a fraction", 400, Unreadable, Replaced("\"bytes\":10", "\"bytes\":1.5")),
        Announce("a digest in capitals", 400, Bounds, Replaced("\"sha256\":\"", "\"sha256\":\"A")),
        Announce("an encoding nobody uses", 400, Bounds, Replaced("{", "{\"encoding\":\"utf-7\",")),
        Announce("a language nobody speaks", 400, Bounds, Replaced("{", "{\"language\":\"../zh\",")),
        Announce("a hundred columns", 400, Bounds, Replaced("{", $"{{\"columns\":{{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"c{i}\":\"A\""))}}},")),
        Announce("a member twice", 400, Unreadable, Replaced("{", "{\"fact\":\"x\",")),
        Announce("nested a thousand deep", 400, Unreadable, Replaced("{", $"{{\"columns\":{new string('[', 1000)}{new string(']', 1000)},")),
        HostileCase.Of("an announcement as text", 415, "request.media-type", ground => ground.SignedAsync("POST", "/api/batches", Announced("a.csv", 10), type: "text/plain")),

        Patch("an offset below nothing", 400, "upload.fields", "-1"), Patch("an offset with a plus", 400, "upload.fields", "+0"), Patch("an offset that overflows", 400, "upload.fields", "99999999999999999999"),
        Patch("an offset as a fraction", 400, "upload.fields", "0.0"), Patch("an offset in other digits", 400, "", "\u00b2"), Patch("an offset far beyond", 409, "upload.offset", "999999999999999"),
        Patch("two offsets", 400, "upload.fields", "0, 1"), Patch("neither complete nor not", 400, "upload.fields", "0", "?2"), Patch("complete before the end", 400, "upload.length", "0", "?1"), Patch("a tiny part", 400, "upload.part-too-small", "0", "?0", 10),
        Patch("a part beyond the end", 400, "upload.length", "0", "?0", 1_000_001),
        HostileCase.Of("a part of nine megabytes", 413, "request.too-large", ground => PatchAsync(ground, "0", "?0", new byte[9 << 20])),
        HostileCase.Of("a part that is compressed", 415, "request.media-type", ground => PatchAsync(ground, "0", "?0", new byte[70_000], request => request.With("Content-Encoding", "gzip"))),
        HostileCase.Of("a part that says it is something else", 415, "upload.media-type", ground => PatchAsync(ground, "0", "?0", new byte[70_000], request => request.Set("Content-Type", "application/json"))),
        HostileCase.Of("a whole file of another length", 400, "upload.length", ground => ground.SignedAsync("PUT", $"/api/batches/{ground.Upload}/content", new byte[10], type: "application/octet-stream")),
        HostileCase.Of("a file into a batch that is done", 400, "upload.length", ground => ground.SignedAsync("PUT", $"/api/batches/{ground.Batch}/content", new byte[10], type: "application/octet-stream")),
        HostileCase.Of("a file of another digest", 422, "upload.file-digest", async ground =>
        {
            var opened = await ground.SendAsync(await ground.SignedAsync("POST", "/api/batches", Announced("a.csv", 10)));
            return await ground.SignedAsync("PUT", $"/api/batches/{opened.Json.GetProperty("id").GetString()}/content", new byte[10], type: "application/octet-stream");
        }),
    ];

    /// <summary>Workbooks that would fill the memory or the disk, and files that are none: each is refused by itself, with a code.</summary>
    public static IEnumerable<(string Name, string File, byte[] Content)> Files =>
    [
        ("a sheet of 300 megabytes of blanks", "a.xlsx", Workbook(("xl/worksheets/sheet1.xml", 300 << 20))),
        ("texts of 300 megabytes", "b.xlsx", Workbook(("xl/sharedStrings.xml", 300 << 20), ("xl/worksheets/sheet1.xml", 10))),
        ("a workbook that is a text", "c.xlsx", Encoding.UTF8.GetBytes("name,number\n1,2\n")),
        ("a workbook that is cut short", "d.xlsx", Workbook(("xl/worksheets/sheet1.xml", 10))[..100]),
        ("an old workbook that is noise", "e.xls", [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919 >> 3))]),
        ("a text of NULs", "f.csv", new byte[100_000]),
        ("one line of a megabyte", "g.csv", [.. Enumerable.Repeat((byte)'a', 1 << 20)]),
        ("a hundred thousand columns", "i.csv", Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(0, 100_000)) + "\n")),
    ];

    public static byte[] Announced(string name, long bytes, byte[]? content = null) => Encoding.UTF8.GetBytes(
        $$"""{"purpose":"{{TestService.Purpose}}","fact":"identity","name":"{{name}}","bytes":{{bytes}},"sha256":"{{(content is null ? new string('0', 64) : Convert.ToHexStringLower(SHA256.HashData(content)))}}"}""");

    private static byte[] Replaced(string what, string with)
    {
        var text = Encoding.UTF8.GetString(Announced("a.csv", 10));
        var at = text.IndexOf(what, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text[..at] + with + text[(at + what.Length)..]);
    }

    // What is another's is as what never was.
    private static IEnumerable<HostileCase> Others(string verb, string path)
    {
        yield return HostileCase.Of($"{verb} of another's {path}", 404, NotFound, ground => ground.SignedAsync(verb, $"/api/batches/{ground.Batch}{path}", client: TestService.Court));
        yield return HostileCase.Of($"{verb} of nobody's {path}", 404, NotFound, ground => ground.SignedAsync(verb, $"/api/batches/{new string('0', 32)}{path}", client: TestService.Court));
    }

    private static HostileCase Address(string name, string target) => HostileCase.Of(name, 404, NotFound, ground => ground.SignedAsync("GET", target));

    private static HostileCase List(string query, int status) => HostileCase.Of($"a list with {query[..Math.Min(20, query.Length)]}", status, "batch.page", ground => ground.SignedAsync("GET", $"/api/batches?{query}"));

    private static HostileCase Announce(string name, int status, string code, byte[] body) => HostileCase.Of($"announcing {name}", status, code, ground => ground.SignedAsync("POST", "/api/batches", body));

    private static HostileCase Patch(string name, int status, string code, string offset, string complete = "?0", int bytes = 70_000) => HostileCase.Of(name, status, code, ground => PatchAsync(ground, offset, complete, new byte[bytes]));

    private static Task<RawRequest> PatchAsync(HostileGround ground, string offset, string complete, byte[] body, Action<RawRequest>? more = null, string client = TestService.School) =>
        ground.SignedAsync("PATCH", $"/api/batches/{ground.Upload}/content", body, request =>
        {
            request.With("Upload-Offset", offset).With("Upload-Complete", complete);
            more?.Invoke(request);
        }, client: client, type: Part);

    private static byte[] Workbook(params (string Name, long Blanks)[] parts)
    {
        using var zipped = new MemoryStream();
        using (var zip = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>", 0);
            Write(zip, "_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>", 0);
            Write(zip, "xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>", 0);
            Write(zip, "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>", 0);
            foreach (var (name, blanks) in parts)
            {
                var root = name.Contains("sheet1", StringComparison.Ordinal) ? "worksheet" : "sst";
                Write(zip, name, $"<{root} xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">", blanks, $"</{root}>");
            }
        }

        return zipped.ToArray();
    }

    private static void Write(ZipArchive zip, string name, string text, long blanks, string end = "")
    {
        using var part = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
        var some = new byte[1 << 20];
        Array.Fill(some, (byte)' ');
        for (var rest = blanks; rest > 0; rest -= some.Length) part.Write(some, 0, (int)Math.Min(rest, some.Length));
        part.Write(Encoding.UTF8.GetBytes(end));
    }
}
