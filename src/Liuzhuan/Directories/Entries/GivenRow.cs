namespace Liuzhuan.Directories.Entries;

/// <summary>A row as somebody gave it, in a sheet or a form. A column that is not among the cells keeps the value it had; an empty cell takes it away.</summary>
/// <param name="Sheet">Where it stands, for whoever must mend it.</param>
/// <param name="Line">Line in the sheet, from 1; 0 for a form.</param>
/// <param name="Kind">Code of the kind of entry.</param>
internal sealed record GivenRow(string Sheet, int Line, string Kind, IReadOnlyDictionary<string, string> Cells);
