namespace Liuzhuan.Platform.Data;

/// <summary>The steps this program knows: Migrations/NNNN-name.sql, or NNNN-name.sqlite.sql and NNNN-name.postgres.sql where the two must differ.</summary>
internal static class SchemaSteps
{
    private const string Ending = ".sql";

    /// <summary>The steps of one database, oldest first.</summary>
    public static List<string> Of(Dialect dialect) => [.. All().Where(name => IsOf(name, dialect))];

    /// <summary>Are these names exactly those of a database's steps?</summary>
    public static bool AreAll(List<string> names, Dialect dialect)
    {
        var steps = 0;
        foreach (var step in typeof(SchemaSteps).Assembly.GetManifestResourceNames())
        {
            if (!step.EndsWith(Ending, StringComparison.Ordinal) || !IsOf(step, dialect)) continue;
            if (!names.Contains(step)) return false;
            steps++;
        }

        return steps == names.Count;
    }

    /// <summary>A step's name without the database's: "0004-search.postgres.sql" and "0004-search.sqlite.sql" are the same step.</summary>
    public static string Plain(string step) => step.Split('.')[0];

    /// <summary>The steps among <paramref name="names"/> that this program does not know for any database.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> names) => names.Select(Plain).Except(All().Select(Plain)).Order(StringComparer.Ordinal);

    /// <summary>What brings an empty database of a dialect to where one with the steps <paramref name="names"/> is, whichever database that was.</summary>
    public static List<string> Equivalent(IEnumerable<string> names, Dialect dialect)
    {
        var plain = names.Select(Plain).ToHashSet();
        var last = plain.Max(StringComparer.Ordinal);
        // A step that this database alone has counts as done where the last one is not older.
        return [.. Of(dialect).Where(step => plain.Contains(Plain(step)) || (IsAlone(step, dialect) && string.CompareOrdinal(Plain(step), last) <= 0))];
    }

    public static string Read(string step)
    {
        using var stream = typeof(SchemaSteps).Assembly.GetManifestResourceStream(step) ?? throw new InvalidOperationException($"The schema step {step} is missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // True for a step that the other database does not have at all.
    private static bool IsAlone(string step, Dialect dialect) =>
        step.EndsWith($".{dialect.Name}.sql", StringComparison.Ordinal) && All().Count(other => Plain(other) == Plain(step)) == 1;

    private static bool IsOf(string step, Dialect dialect) => step.IndexOf('.') == step.Length - Ending.Length || step.EndsWith($".{dialect.Name}{Ending}", StringComparison.Ordinal);

    private static IEnumerable<string> All() => typeof(SchemaSteps).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(Ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
