using Liuzhuan.Platform.Web;
using YamlDotNet.RepresentationModel;

namespace Liuzhuan.Platform.Api;

/// <summary>What each problem code of the HTTP interface means, for people: data/problems.yaml. A page and a test read it.</summary>
internal static class ProblemCatalogue
{
    private static readonly Lazy<IReadOnlyDictionary<string, ProblemEntry>> Entries = new(Read);

    public static IReadOnlyDictionary<string, ProblemEntry> All => Entries.Value;

    /// <summary>The short name of a problem; the code itself when there is none.</summary>
    public static Text TitleOf(string code) => All.TryGetValue(code, out var entry) ? entry.Title : new Text(code, code);

    private static Dictionary<string, ProblemEntry> Read()
    {
        using var stream = typeof(ProblemCatalogue).Assembly.GetManifestResourceStream("problems.yaml") ?? throw new InvalidOperationException("Resource problems.yaml is missing.");
        using var text = new StreamReader(stream);
        var document = new YamlStream();
        document.Load(text);
        return ((YamlMappingNode)document.Documents[0].RootNode).Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value ?? "", pair => Entry((YamlMappingNode)pair.Value));
    }

    private static ProblemEntry Entry(YamlMappingNode node)
    {
        return new ProblemEntry(int.Parse(Text("status"), System.Globalization.CultureInfo.InvariantCulture), new Text(Text("zh"), Text("en")), new Text(Text("cause_zh"), Text("cause_en")), new Text(Text("remedy_zh"), Text("remedy_en")));

        string Text(string name) => ((YamlScalarNode)node.Children[name]).Value ?? "";
    }
}

/// <summary>A kind of problem: its HTTP status, name, cause and remedy.</summary>
internal sealed record ProblemEntry(int Status, Text Title, Text Cause, Text Remedy);
