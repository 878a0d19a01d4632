using Liuzhuan.Matching;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Outcomes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Liuzhuan.Registers;

/// <summary>Reads the description of a register from YAML. Anything it does not know is refused, with the line.</summary>
internal static class SchemaFile
{
    private static readonly string[] SchemaKeys = ["id", "version", "keys", "fields"];
    private static readonly string[] KeyKeys = ["name", "kind", "headers"];
    private static readonly string[] FieldKeys = ["name", "comparer", "role", "required", "disclosed", "of", "headers"];

    private static readonly Dictionary<string, FieldRole> Roles = new()
    {
        ["status"] = FieldRole.Status, ["superseded_by"] = FieldRole.SupersededBy, ["former_values"] = FieldRole.FormerValues,
    };

    /// <param name="yaml">The text of the file.</param>
    /// <param name="origin">File name for the refusal.</param>
    public static Result<RegisterSchema> Read(TextReader yaml, string origin)
    {
        try
        {
            var stream = Parse(yaml);
            if (stream.Documents.Count != 1) throw new Unfit(Mark.Empty, "文件里应当恰有一个 YAML 文档", "the file must hold exactly one YAML document");
            return Schema(Mapping(stream.Documents[0].RootNode));
        }
        catch (Unfit unfit)
        {
            return Refused(origin, unfit.Place.Line, unfit.Chinese, unfit.English);
        }
        catch (YamlException fault)
        {
            return Refused(origin, fault.Start.Line, $"不是有效的 YAML（{fault.Message}）", $"not valid YAML ({fault.Message})");
        }
    }

    // Some broken texts make the parser fall over its own state instead of naming the place.
    private static YamlStream Parse(TextReader yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(yaml);
            return stream;
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw new YamlException("a bracket or quote is not closed", fault);
        }
    }

    private static Refusal Refused(string origin, long line, string chinese, string english) => new(
        "schema.unreadable",
        $"登记库描述文件 {origin} 第 {line} 行有误：{chinese}。请改正后重试，写法见 docs/registers.md。",
        $"The register schema {origin} is wrong at line {line}: {english}. Mend it and try again; docs/registers.md shows the form.");

    private static RegisterSchema Schema(YamlMappingNode root)
    {
        OnlyKnown(root, SchemaKeys);
        var id = Text(root, "id") ?? throw Missing(root, "id");
        if (!id.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '_')) throw new Unfit(root.Start, "id 只能用小写字母、数字和下划线", "id may only hold small letters, digits and underscores");
        if (!int.TryParse(Text(root, "version"), out var version) || version < 1) throw new Unfit(root.Start, "version 应是正整数", "version must be a positive whole number");
        var keys = List(root, "keys").Select(Key).ToList();
        if (keys.Count is < 1 or > 2) throw new Unfit(root.Start, "keys 应有一列或两列", "keys must have one or two columns");
        var fields = List(root, "fields").Select(Field).ToList();
        if (fields.Count is < 1 or > AnswerCore.MaxFields) throw new Unfit(root.Start, $"fields 应有 1 至 {AnswerCore.MaxFields} 列", $"fields must have 1 to {AnswerCore.MaxFields} columns");
        CheckTogether(root, keys, fields);
        return new RegisterSchema(id, version, keys, fields);
    }

    private static SchemaKey Key(YamlMappingNode node)
    {
        OnlyKnown(node, KeyKeys);
        var kind = Text(node, "kind") ?? throw Missing(node, "kind");
        Known(node, () => KeyKinds.Get(kind), "kind", kind);
        var headers = Headers(node);
        if (headers.Count == 0) throw Missing(node, "headers");
        return new SchemaKey(ColumnName(node), kind, headers);
    }

    private static SchemaField Field(YamlMappingNode node)
    {
        OnlyKnown(node, FieldKeys);
        var comparer = Text(node, "comparer") ?? "none";
        if (comparer != "none") Known(node, () => FieldComparers.Get(comparer), "comparer", comparer);
        var role = FieldRole.None;
        if (Text(node, "role") is { } written && !Roles.TryGetValue(written, out role))
        {
            throw new Unfit(node.Start, $"没有名为 {written} 的 role，可用：{string.Join("、", Roles.Keys)}", $"there is no role {written}; possible: {string.Join(", ", Roles.Keys)}");
        }

        var headers = Headers(node);
        if (comparer != "none" && headers.Count == 0) throw Missing(node, "headers");
        return new SchemaField(ColumnName(node), comparer, role, Flag(node, "required", false), Flag(node, "disclosed", true), Text(node, "of"), headers);
    }

    private static void CheckTogether(YamlMappingNode root, List<SchemaKey> keys, List<SchemaField> fields)
    {
        var names = keys.Select(k => k.Name).Concat(fields.Select(f => f.Name)).ToList();
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new Unfit(root.Start, $"列名 {twice.Key} 出现了两次", $"the column name {twice.Key} appears twice");
        }

        foreach (var role in Roles)
        {
            if (fields.Count(f => f.Role == role.Value) > 1) throw new Unfit(root.Start, $"role {role.Key} 只能用一次", $"role {role.Key} may be used once only");
        }

        foreach (var field in fields.Where(f => f.Role == FieldRole.FormerValues))
        {
            if (fields.All(f => f.Name != field.Of || f.Comparer == "none")) throw new Unfit(root.Start, $"{field.Name} 的 of 应写明它是哪一个比对项的曾用值", $"'of' of {field.Name} must name the compared field whose earlier values it holds");
        }
    }

    private static string ColumnName(YamlMappingNode node)
    {
        var name = Text(node, "name") ?? throw Missing(node, "name");
        return name.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '_') && name.Length is > 0 and <= 40
            ? name
            : throw new Unfit(node.Start, "name 只能用小写字母、数字和下划线", "name may only hold small letters, digits and underscores");
    }

    private static List<string> Headers(YamlMappingNode node)
    {
        if (!node.Children.TryGetValue("headers", out var value)) return [];
        if (value is not YamlSequenceNode list) throw new Unfit(value.Start, "headers 应是列表", "headers must be a list");
        return [.. list.Select(item => item is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw new Unfit(item.Start, "表头名称不能为空", "a heading may not be empty"))];
    }

    private static IEnumerable<YamlMappingNode> List(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) && value is YamlSequenceNode list
            ? list.Select(Mapping)
            : throw new Unfit(node.Start, $"缺少列表 {key}", $"the list {key} is missing");

    private static YamlMappingNode Mapping(YamlNode node) => node as YamlMappingNode ?? throw new Unfit(node.Start, "这里应是“键: 值”", "a mapping (key: value) is expected here");

    private static string? Text(YamlMappingNode node, string key) =>
        !node.Children.TryGetValue(key, out var value) ? null
        : value is YamlScalarNode { Value: { Length: > 0 } text } ? text
        : throw new Unfit(value.Start, $"{key} 应是一个值", $"{key} must be a single value");

    private static bool Flag(YamlMappingNode node, string key, bool absent) => Text(node, key) switch
    {
        null => absent,
        "true" => true,
        "false" => false,
        _ => throw new Unfit(node.Start, $"{key} 只能是 true 或 false", $"{key} must be true or false"),
    };

    private static void OnlyKnown(YamlMappingNode node, string[] known)
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is YamlScalarNode { Value: { } text } && known.Contains(text)) continue;
            throw new Unfit(key.Start, $"不认识的键 {key}，可用：{string.Join("、", known)}", $"unknown key {key}; possible: {string.Join(", ", known)}");
        }
    }

    private static void Known(YamlMappingNode node, Func<object> get, string key, string value)
    {
        try
        {
            get();
        }
        catch (ArgumentException unknown)
        {
            throw new Unfit(node.Start, $"没有名为 {value} 的 {key}（{unknown.Message}）", $"there is no {key} {value} ({unknown.Message})");
        }
    }

    private static Unfit Missing(YamlMappingNode node, string key) => new(node.Start, $"缺少 {key}", $"{key} is missing");

    private sealed class Unfit(Mark place, string chinese, string english) : Exception(english)
    {
        public Mark Place { get; } = place;

        public string Chinese { get; } = chinese;

        public string English { get; } = english;
    }
}
