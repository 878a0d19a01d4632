using System.Collections.Concurrent;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Registers;

/// <summary>The register schemas that come with the product, and those that a caller brings as a YAML file.</summary>
internal static class SchemaCatalogue
{
    private static readonly ConcurrentDictionary<string, RegisterSchema?> Loaded = new();

    public static IReadOnlyList<string> Shipped => ShippedSchemas.Ids;

    /// <summary>The shipped schema with this id, or null. Made when first asked for: a command needs one of them.</summary>
    public static RegisterSchema? Find(string id) => Loaded.GetOrAdd(id, ShippedSchemas.Make);

    /// <summary>A shipped schema by id, or a YAML file by path.</summary>
    public static Result<RegisterSchema> Get(string idOrFile)
    {
        if (Find(idOrFile) is { } shipped) return shipped;
        if (!File.Exists(idOrFile))
        {
            return new Refusal(
                "schema.unknown",
                $"没有名为“{idOrFile}”的登记库描述：请用 {string.Join("、", Shipped)}，或给出一个 YAML 文件。",
                $"There is no register schema \"{idOrFile}\": use {string.Join(", ", Shipped)}, or name a YAML file.");
        }

        using var file = File.OpenText(idOrFile);
        return SchemaFile.Read(file, Path.GetFileName(idOrFile));
    }

    /// <summary>Finds the schema of a snapshot: the caller's own one first, then the shipped ones.</summary>
    public static Func<string, RegisterSchema?> With(RegisterSchema? own) => id => own is not null && own.Id == id ? own : Find(id);
}
