using System.Text.Json;
using System.Text.Json.Serialization;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange.Questions;

/// <summary>POST /api/questions as it is sent: one person, one or more facts, for one purpose.</summary>
internal sealed class QuestionBody
{
    public const int MostFacts = 8, MostValues = 12, MostCharacters = 500, MostBytes = 16 << 10;

    /// <summary>Code of the purpose, one that the client's access names.</summary>
    [JsonRequired]
    public string Purpose { get; init; } = "";

    [JsonRequired]
    public QuestionPerson Person { get; init; } = new();

    [JsonRequired]
    public IReadOnlyList<QuestionFact> Facts { get; init; } = [];

    /// <summary>Until this day the person does not see that they were asked about (case secrecy); only where the access allows it.</summary>
    public DateOnly? SealedUntil { get; init; }

    /// <summary>Reads a body within its bounds. Nothing of the body's values is repeated in a refusal.</summary>
    public static Result<QuestionBody> Read(ReadOnlySpan<byte> json)
    {
        QuestionBody? body;
        try
        {
            body = JsonSerializer.Deserialize(json, QuestionJson.Default.QuestionBody);
        }
        catch (JsonException fault)
        {
            return Unreadable(fault);
        }

        return body is null ? NotAnObject : Check(body) is { } refusal ? refusal : body;
    }

    public static readonly Refusal NotAnObject = new("question.not-an-object",
        "请求正文应是一个 JSON 对象，含 purpose、person、facts。",
        "The body must be a JSON object with \"purpose\", \"person\" and \"facts\".");

    private static Refusal? Check(QuestionBody body)
    {
        if (body.Facts is null or { Count: 0 or > MostFacts }) return Bound("facts", $"1–{MostFacts}");
        if (body.Purpose is null or { Length: 0 or > 100 }) return Bound("purpose", "1–100");
        if (body.Person?.Number is null or { Length: > MostCharacters }) return Bound("person.number", $"0–{MostCharacters}");
        if (body.Person.Name is { Length: > MostCharacters }) return Bound("person.name", $"0–{MostCharacters}");
        foreach (var fact in body.Facts)
        {
            if (fact?.Fact is null or { Length: 0 or > 100 }) return Bound("facts[].fact", "1–100");
            if (fact.Values is null or { Count: > MostValues }) return Bound("facts[].values", $"0–{MostValues}");
            if (fact.Values.Any(value => value.Key.Length > 100 || value.Value is null or { Length: > MostCharacters })) return Bound("facts[].values", $"0–{MostCharacters}");
        }

        return null;
    }

    private static Refusal Bound(string member, string range) => new("question.bounds",
        $"{member} 缺失，或者数量、长度超出 {range}。请改正后重试。",
        $"\"{member}\" is missing, or its count or length is not within {range}. Mend it and try again.");

    private static Refusal Unreadable(JsonException fault)
    {
        var line = (fault.LineNumber ?? 0) + 1;
        var at = (fault.BytePositionInLine ?? 0) + 1;
        return new("question.unreadable",
            $"请求正文第 {line} 行第 {at} 字节起不合要求：应是 UTF-8 的 JSON，成员只能是 purpose、person、facts、sealedUntil，不得重复或缺少。写法见 /openapi.json。",
            $"The body is not as it should be at line {line}, byte {at}: it must be JSON in UTF-8 with the members \"purpose\", \"person\", \"facts\" and, where wanted, \"sealedUntil\"; none unknown, twice or missing. See /openapi.json.");
    }
}

/// <summary>The person asked about, as the client knows them.</summary>
internal sealed class QuestionPerson
{
    [JsonRequired]
    public string Number { get; init; } = "";

    public string? Name { get; init; }
}

/// <summary>One fact and the values to compare.</summary>
internal sealed class QuestionFact
{
    [JsonRequired]
    public string Fact { get; init; } = "";

    /// <summary>Column of the fact's register to value, for example <c>sex</c> to 女.</summary>
    // Settable: for init members the generated reader would put null in the place of the default.
    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 6)]
[JsonSerializable(typeof(QuestionBody))]
internal sealed partial class QuestionJson : JsonSerializerContext;
