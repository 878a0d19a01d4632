using Liuzhuan.Matching.Schemas;
using YamlDotNet.RepresentationModel;

namespace Liuzhuan.Registers.Contract;

/// <summary>The facts that can be asked, read from data/facts/facts.yaml. Anything in it that does not fit its register is a fault at start.</summary>
internal sealed class FactCatalogue
{
    private readonly Dictionary<string, FactType> _facts;

    private FactCatalogue(Dictionary<string, FactType> facts) => _facts = facts;

    public IReadOnlyCollection<FactType> All => _facts.Values;

    /// <summary>The fact with this code, or null.</summary>
    public FactType? Find(string id) => _facts.GetValueOrDefault(id);

    /// <summary>The facts that come with the product.</summary>
    public static FactCatalogue Shipped()
    {
        using var stream = typeof(FactCatalogue).Assembly.GetManifestResourceStream("facts.yaml") ?? throw new InvalidOperationException("Resource facts.yaml is missing.");
        using var text = new StreamReader(stream);
        return Read(text);
    }

    /// <exception cref="InvalidDataException">An entry names a register, column or field that does not exist.</exception>
    public static FactCatalogue Read(TextReader yaml)
    {
        var document = new YamlStream();
        document.Load(yaml);
        var facts = ((YamlSequenceNode)document.Documents[0].RootNode).Children.Cast<YamlMappingNode>().Select(Fact).ToDictionary(fact => fact.Id);
        return new FactCatalogue(facts);
    }

    private static FactType Fact(YamlMappingNode node)
    {
        var id = Text(node, "id");
        var schema = SchemaCatalogue.Find(Text(node, "register")) ?? throw new InvalidDataException($"The fact {id} names the register {Text(node, "register")}, which does not exist.");
        var fact = new FactType(id, Text(node, "zh"), Text(node, "en"), schema, Text(node, "number"), Optional(node, "name"), List(node, "given"), List(node, "compared"));
        var keys = schema.Keys.Select(key => key.Name).ToHashSet();
        if (!keys.SetEquals([fact.Number, .. fact.Given])) throw new InvalidDataException($"The fact {id} must name every key column of its register: {string.Join(", ", keys)}.");
        string[] fields = fact.Name is null ? [.. fact.Compared] : [fact.Name, .. fact.Compared];
        if (fields.FirstOrDefault(field => !schema.Fields.Any(known => known.Name == field && known.Comparer != "none" && known.Role == FieldRole.None)) is { } unknown)
            throw new InvalidDataException($"The fact {id} names the field {unknown}, which its register does not compare.");
        return fact;
    }

    private static string Text(YamlMappingNode node, string name) => Optional(node, name) ?? throw new InvalidDataException($"facts.yaml line {node.Start.Line}: {name} is missing.");

    private static string? Optional(YamlMappingNode node, string name) => node.Children.TryGetValue(name, out var value) ? ((YamlScalarNode)value).Value : null;

    private static string[] List(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(name, out var value) ? [.. ((YamlSequenceNode)value).Select(item => ((YamlScalarNode)item).Value ?? "")] : [];
}
