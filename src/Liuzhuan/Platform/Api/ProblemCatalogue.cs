using System.Reflection;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;
using YamlDotNet.RepresentationModel;

namespace Liuzhuan.Platform.Api;

/// <summary>
/// What each problem code of the HTTP interface means, for people. Codes with an entry in data/problems.yaml say it there; the others say it in the
/// sentences of their refusal, which name cause and remedy.
/// </summary>
internal static class ProblemCatalogue
{
    private static readonly Lazy<IReadOnlyDictionary<string, ProblemEntry>> Written = new(ReadWritten), Everything = new(ReadAll);

    /// <summary>Every problem, by its code.</summary>
    public static IReadOnlyDictionary<string, ProblemEntry> All => Everything.Value;

    /// <summary>The short name of a problem in a response.</summary>
    public static Text TitleOf(Refusal refusal) => Written.Value.TryGetValue(refusal.Code, out var entry) ? entry.Title : FromSentences(refusal).Title;

    private static Dictionary<string, ProblemEntry> ReadWritten()
    {
        using var stream = typeof(ProblemCatalogue).Assembly.GetManifestResourceStream("problems.yaml") ?? throw new InvalidOperationException("Resource problems.yaml is missing.");
        using var text = new StreamReader(stream);
        var document = new YamlStream();
        document.Load(text);
        return ((YamlMappingNode)document.Documents[0].RootNode).Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value ?? "", pair => Entry((YamlMappingNode)pair.Value));
    }

    private static Dictionary<string, ProblemEntry> ReadAll()
    {
        var all = new Dictionary<string, ProblemEntry>(Written.Value);
        var constants = from type in typeof(Refusal).Assembly.GetTypes()
                        // What only the command line refuses is no problem of the interface.
                        where !type.ContainsGenericParameters && type.Namespace?.StartsWith("Liuzhuan.Commands", StringComparison.Ordinal) != true
                        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                        where field.FieldType == typeof(Refusal)
                        select (Refusal?)field.GetValue(null);
        foreach (var refusal in constants.OfType<Refusal>()) all.TryAdd(refusal.Code, FromSentences(refusal));
        return all;
    }

    // House style: cause, colon, remedy.
    private static ProblemEntry FromSentences(Refusal refusal)
    {
        var (causeZh, remedyZh) = Halves(refusal.Chinese, '：', '。');
        var (causeEn, remedyEn) = Halves(refusal.English, ':', '.');
        return new ProblemEntry(refusal.Status, new Text(causeZh.TrimEnd('。'), causeEn.TrimEnd('.')), new Text(causeZh, causeEn), new Text(remedyZh, remedyEn));
    }

    private static (string Cause, string Remedy) Halves(string sentence, char colon, char stop)
    {
        var at = sentence.IndexOf(colon, StringComparison.Ordinal);
        if (at < 0) at = sentence.IndexOf(stop, StringComparison.Ordinal);
        if (at < 0 || at == sentence.Length - 1) return (sentence, sentence);
        var remedy = sentence[(at + 1)..].Trim();
        return (sentence[..at] + stop, char.ToUpperInvariant(remedy[0]) + remedy[1..]);
    }

    private static ProblemEntry Entry(YamlMappingNode node)
    {
        return new ProblemEntry(int.Parse(Text("status"), System.Globalization.CultureInfo.InvariantCulture), new Text(Text("zh"), Text("en")), new Text(Text("cause_zh"), Text("cause_en")), new Text(Text("remedy_zh"), Text("remedy_en")));

        string Text(string name) => ((YamlScalarNode)node.Children[name]).Value ?? "";
    }
}

/// <summary>A kind of problem: its HTTP status, name, cause and remedy.</summary>
internal sealed record ProblemEntry(int Status, Text Title, Text Cause, Text Remedy);
