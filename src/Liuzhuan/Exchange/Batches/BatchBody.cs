using System.Text.Json;
using System.Text.Json.Serialization;
using Liuzhuan.Exchange.Hall;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange.Batches;

/// <summary>POST /api/batches as it is sent: what is asked, for what, and which file will follow.</summary>
internal sealed class BatchBody
{
    public const int MostBytes = 16 << 10;

    private const int MostCode = 100, MostName = 200, MostColumns = 16, MostColumn = 200, DigestLength = 64;

    private static readonly Dictionary<string, TextForm> Encodings = new()
    {
        ["utf-8"] = TextForm.Utf8, ["gb18030"] = TextForm.Gb18030, ["utf-16le"] = TextForm.Utf16LittleEndian, ["utf-16be"] = TextForm.Utf16BigEndian,
    };

    /// <summary>Code of the purpose, one that the client's access names.</summary>
    [JsonRequired]
    public string Purpose { get; init; } = "";

    [JsonRequired]
    public string Fact { get; init; } = "";

    /// <summary>File name with extension: .csv, .tsv, .tab, .txt, .xlsx or .xls.</summary>
    [JsonRequired]
    public string Name { get; init; } = "";

    /// <summary>Length of the whole file.</summary>
    [JsonRequired]
    public long Bytes { get; init; }

    /// <summary>SHA-256 of the whole file, lower-case hex.</summary>
    [JsonRequired]
    public string Sha256 { get; init; } = "";

    // Settable: the generated reader would give members that only init can set their type's default, not this one.

    /// <summary>Language of the result: zh (the default) or en.</summary>
    public string Language { get; set; } = "zh";

    /// <summary>Of a text file, instead of recognising it: utf-8, gb18030, utf-16le or utf-16be.</summary>
    public string? Encoding { get; init; }

    /// <summary>Schema column to a heading, letter or number from 1, where the header is ambiguous.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; set; } = new Dictionary<string, string>();

    /// <summary>Until this day the persons do not see that they were asked about (case secrecy); only where the access allows it.</summary>
    public DateOnly? SealedUntil { get; init; }

    public static readonly Refusal NotAnObject = new("batch.not-an-object",
        "请求正文应是一个 JSON 对象，含 purpose、fact、name、bytes、sha256。",
        "The body must be a JSON object with \"purpose\", \"fact\", \"name\", \"bytes\" and \"sha256\".");

    /// <summary>The form that an encoding's name stands for; null for none.</summary>
    public static TextForm? FormOf(string? encoding) => encoding is not null && Encodings.TryGetValue(encoding, out var form) ? form : null;

    /// <summary>Reads a body within its bounds.</summary>
    public static Result<BatchBody> Read(ReadOnlySpan<byte> json)
    {
        BatchBody? body;
        try
        {
            body = JsonSerializer.Deserialize(json, BatchBodyJson.Default.BatchBody);
        }
        catch (JsonException fault)
        {
            return Unreadable(fault);
        }

        return body is null ? NotAnObject : Check(body) is { } refusal ? refusal : body;
    }

    private static Refusal? Check(BatchBody body)
    {
        if (body.Purpose is null or { Length: 0 or > MostCode }) return Bound("purpose", $"1–{MostCode}");
        if (body.Fact is null or { Length: 0 or > MostCode }) return Bound("fact", $"1–{MostCode}");
        if (body.Name is null or { Length: 0 or > MostName }) return Bound("name", $"1–{MostName}");
        if (body.Bytes < 1) return Bound("bytes", "1–");
        if (body.Sha256 is not { Length: DigestLength } || !body.Sha256.All(char.IsAsciiHexDigitLower)) return Bound("sha256", "64 × 0–9, a–f");
        if (body.Language is not ("zh" or "en")) return Bound("language", "zh, en");
        if (body.Encoding is not null && FormOf(body.Encoding) is null) return Bound("encoding", string.Join(", ", Encodings.Keys));
        if (body.Columns is null or { Count: > MostColumns }) return Bound("columns", $"0–{MostColumns}");
        if (body.Columns.Any(choice => choice.Key.Length is 0 or > MostCode || choice.Value is null or { Length: 0 or > MostColumn })) return Bound("columns", $"1–{MostColumn}");
        return FileNames.Clean(body.Name) == body.Name && FileNames.IsAccepted(body.Name) && Path.GetFileNameWithoutExtension(body.Name).Length > 0 ? null : BatchRefusals.WrongKind(FileNames.Clean(body.Name));
    }

    private static Refusal Bound(string member, string range) => new("batch.bounds",
        $"{member} 缺失，或者不在 {range} 之内。请改正后重试。",
        $"\"{member}\" is missing or not within {range}. Mend it and try again.");

    private static Refusal Unreadable(JsonException fault)
    {
        var line = (fault.LineNumber ?? 0) + 1;
        var at = (fault.BytePositionInLine ?? 0) + 1;
        return new("batch.unreadable",
            $"请求正文第 {line} 行第 {at} 字节起不合要求：应是 UTF-8 的 JSON，成员只能是 purpose、fact、name、bytes、sha256、language、encoding、columns、sealedUntil，不得重复或缺少必要的。写法见 /openapi.json。",
            $"The body is not as it should be at line {line}, byte {at}: it must be JSON in UTF-8 with \"purpose\", \"fact\", \"name\", \"bytes\", \"sha256\" and, where wanted, \"language\", \"encoding\", \"columns\", \"sealedUntil\"; none unknown, twice or missing. See /openapi.json.");
    }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 4)]
[JsonSerializable(typeof(BatchBody))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>), TypeInfoPropertyName = "Columns")]
internal sealed partial class BatchBodyJson : JsonSerializerContext;
