namespace Liuzhuan.Directories.Contract;

/// <summary>Every division the product knows, with those that are abolished: looked up by code and day, by name, and by what lies in what.</summary>
internal sealed class DivisionBook
{
    private const int DeepestSuccession = 8;

    private static readonly Lazy<DivisionBook> FromProgram = new(() => new DivisionBook(DivisionFiles.Shipped()));

    private readonly ILookup<string, Division> _byCode, _byParent;

    /// <param name="divisions">Each name of each code; of one code the oldest first.</param>
    public DivisionBook(IReadOnlyList<Division> divisions)
    {
        All = divisions;
        _byCode = divisions.ToLookup(one => one.Code);
        _byParent = divisions.ToLookup(one => one.Parent);
    }

    /// <summary>The divisions that come with the product (data/codes/divisions.csv, data/divisions/history.csv).</summary>
    public static DivisionBook Shipped => FromProgram.Value;

    public IReadOnlyList<Division> All { get; }

    public bool Knows(string code) => _byCode.Contains(code);

    /// <summary>All names that a code has had, oldest first.</summary>
    public IEnumerable<Division> Names(string code) => _byCode[code];

    /// <summary>A code as it was on a day: the name in force, else one of which no source says that it was not; null when there was none.</summary>
    public Division? Find(string code, DateOnly day) =>
        _byCode[code].FirstOrDefault(one => one.On(day) == Validity.InForce) ?? _byCode[code].LastOrDefault(one => one.On(day) == Validity.Unknown);

    /// <summary>The last name of a code, whether it is in force or not; null for a code that never was.</summary>
    public Division? Last(string code) => _byCode[code].LastOrDefault();

    /// <summary>Divisions whose name holds a text, those in force first.</summary>
    public IEnumerable<Division> Named(string text, DateOnly day) =>
        All.Where(one => one.Name.Contains(text, StringComparison.Ordinal)).OrderBy(one => one.On(day) switch { Validity.InForce => 0, Validity.Unknown => 1, _ => 2 }).ThenBy(one => one.Code, StringComparer.Ordinal);

    /// <summary>What a code lay in on a day, from the nearest up.</summary>
    public IReadOnlyList<Division> Ancestors(string code, DateOnly day)
    {
        var found = new List<Division>();
        for (var at = AsOf(code, day); at is { Parent.Length: > 0 } && AsOf(at.Parent, day) is { } parent; at = parent) found.Add(parent);
        return found;
    }

    /// <summary>What lay right below a code on a day, as far as the sources tell.</summary>
    public IEnumerable<Division> Children(string code, DateOnly day) => _byParent[code].Where(one => one.On(day) is Validity.InForce or Validity.Unknown);

    /// <summary>All that lay below a code on a day.</summary>
    public IEnumerable<Division> Descendants(string code, DateOnly day) => Children(code, day).SelectMany(one => Descendants(one.Code, day).Prepend(one));

    /// <summary>Does a division cover a code on a day: is it the same, does it lie in it, or does what came after it?</summary>
    public bool Covers(string division, string code, DateOnly day)
    {
        var at = Since(code, day);
        return at == division || Ancestors(at, day).Any(one => one.Code == division) || code == division;
    }

    /// <summary>The code under which those of a code are found on a day. Who was registered under an ended one is found under what came after it, and no longer belongs to what it lay in.</summary>
    public string Since(string code, DateOnly day)
    {
        for (var left = DeepestSuccession; left > 0 && Last(code) is { Successor.Length: > 0 } last && last.On(day) == Validity.Over; left--) code = last.Successor;
        return code;
    }

    /// <summary>The name with those above it, as an address begins: 吉林省长春市朝阳区. The code itself where it is not known.</summary>
    public string FullName(string code, DateOnly day) =>
        AsOf(code, day) is { } found ? string.Concat(Ancestors(code, day).Reverse().Append(found).Select(one => one.Name)) : code;

    private Division? AsOf(string code, DateOnly day) => Find(code, day) ?? Last(code);
}
