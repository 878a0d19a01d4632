using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Directories.Entries;

/// <summary>Says what given rows would change, without changing anything. Pure.</summary>
internal static class PreviewChange
{
    public static ChangePreview Of(DirectoryBook book, IReadOnlyList<GivenRow> rows, DateOnly today)
    {
        var (refused, lines, unchanged) = (new List<RefusedRow>(), new List<ChangeLine>(), 0);
        var seen = new Dictionary<(string, string), GivenRow>();
        foreach (var row in rows)
        {
            if (!Read(book, row).Ok(out var entry, out var refusal))
            {
                refused.Add(new RefusedRow(row, refusal));
                continue;
            }

            if (!seen.TryAdd((row.Kind, entry.Key), row))
            {
                refused.Add(new RefusedRow(row, DirectoryRefusals.Twice(seen[(row.Kind, entry.Key)])));
                continue;
            }

            var before = book.Find(entry.Kind, entry.Key);
            if (before is not null && !entry.DifferencesFrom(before).Any()) unchanged++;
            else lines.Add(new ChangeLine(row, entry, before));
        }

        // Rows may refer to each other in any order, so they are looked at together.
        var after = book.With(lines.Select(line => line.After));
        foreach (var line in lines.ToList())
        {
            if (EntryRules.Check(after, line.After, line.Before, today) is not { } refusal) continue;
            refused.Add(new RefusedRow(line.Row, refusal));
            lines.Remove(line);
        }

        var places = rows.Select((row, place) => (row, place)).ToDictionary(one => (object)one.row, one => one.place, ReferenceEqualityComparer.Instance);
        return new ChangePreview(book.Version, lines, [.. refused.OrderBy(one => places[one.Row])], unchanged);
    }

    private static Result<Entry> Read(DirectoryBook book, GivenRow row)
    {
        if (EntryKind.Find(row.Kind) is not { } kind) return DirectoryRefusals.UnknownKind;
        var values = new Dictionary<string, string>();
        foreach (var (id, typed) in row.Cells)
        {
            if (kind.Column(id) is not { } column) return DirectoryRefusals.UnknownColumn(id, kind);
            var text = EntryForm.Trim(typed);
            if (text.Length == 0) continue;
            if (column.Form.Read(text) is not { } value) return DirectoryRefusals.DoesNotFit(column);
            values[id] = value;
        }

        if (kind.Keys.FirstOrDefault(column => !values.ContainsKey(column.Id)) is { } missing) return DirectoryRefusals.Missing(missing);
        if (book.Find(kind, Entry.KeyOf(kind, values)) is { } known)
        {
            foreach (var column in kind.Columns.Where(column => !row.Cells.ContainsKey(column.Id) && known.Filled(column.Id) is not null)) values[column.Id] = known[column.Id];
        }

        return kind.Columns.FirstOrDefault(column => column.IsRequired && !values.ContainsKey(column.Id)) is { } needed ? DirectoryRefusals.Missing(needed) : new Entry(kind, values);
    }
}

/// <summary>What given rows would change.</summary>
/// <param name="Version">The version of the directory it holds for.</param>
/// <param name="Unchanged">Rows that say what is there already.</param>
internal sealed record ChangePreview(long Version, IReadOnlyList<ChangeLine> Lines, IReadOnlyList<RefusedRow> Refused, int Unchanged)
{
    public int Added => Lines.Count(line => line.Kind == ChangeKind.Added);

    public int Changed => Lines.Count(line => line.Kind == ChangeKind.Changed);

    public int Ended => Lines.Count(line => line.Kind == ChangeKind.Ended);
}

/// <summary>One entry that would be added or changed.</summary>
internal sealed record ChangeLine(GivenRow Row, Entry After, Entry? Before)
{
    public ChangeKind Kind => Before is null ? ChangeKind.Added : Before.Filled("valid_to") is null && After.Filled("valid_to") is not null ? ChangeKind.Ended : ChangeKind.Changed;

    /// <summary>The columns that change, with the values before and after; empty for what is added.</summary>
    public IEnumerable<(EntryColumn Column, string From, string To)> Fields => Before is null ? [] : After.DifferencesFrom(Before).Select(column => (column, Before[column.Id], After[column.Id]));
}

internal enum ChangeKind
{
    Added,
    Changed,

    /// <summary>It gets a day from which it is no longer in force.</summary>
    Ended,
}

/// <summary>A row that cannot be taken, and why.</summary>
internal sealed record RefusedRow(GivenRow Row, Refusal Refusal);
