using System.Globalization;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Directories.Contract;

/// <summary>The whole directory at one moment: agencies, offices, officers, liaisons, leave. Nothing of it changes; ended entries stay.</summary>
internal sealed class DirectoryBook
{
    private readonly Dictionary<(string Kind, string Key), Entry> _entries;
    private readonly ILookup<string, Office> _officesOf, _below;
    private readonly ILookup<string, Officer> _officersOf;
    private readonly ILookup<string, LiaisonSeat> _seats;
    private readonly ILookup<string, Leave> _leave;

    /// <param name="version">How many changes it has seen.</param>
    public DirectoryBook(long version, IEnumerable<Entry> entries)
    {
        Version = version;
        _entries = entries.ToDictionary(entry => (entry.Kind.Id, entry.Key));
        Agencies = Of(EntryKind.Agency).Select(AgencyOf).ToDictionary(one => one.Code);
        Offices = Of(EntryKind.Office).Select(OfficeOf).ToDictionary(one => one.Code);
        Officers = Of(EntryKind.Officer).Select(OfficerOf).ToDictionary(one => one.Id);
        _officesOf = Offices.Values.ToLookup(one => one.Agency);
        _below = Offices.Values.ToLookup(one => one.Parent);
        _officersOf = Officers.Values.ToLookup(one => one.Office);
        _seats = Of(EntryKind.Liaison).Select(SeatOf).OrderBy(one => one.Order).ToLookup(one => one.Office);
        _leave = Of(EntryKind.Leave).Select(LeaveOf).OrderBy(one => one.From).ToLookup(one => one.Officer);
    }

    public static DirectoryBook Empty { get; } = new(0, []);

    /// <summary>How many changes it has seen; a preview holds for one version only.</summary>
    public long Version { get; }

    /// <summary>By unified credit code.</summary>
    public IReadOnlyDictionary<string, Agency> Agencies { get; }

    /// <summary>By organ code.</summary>
    public IReadOnlyDictionary<string, Office> Offices { get; }

    /// <summary>By staff number.</summary>
    public IReadOnlyDictionary<string, Officer> Officers { get; }

    public IEnumerable<Office> OfficesOf(string agency) => _officesOf[agency];

    /// <summary>Offices right below one.</summary>
    public IEnumerable<Office> Below(string office) => _below[office];

    public IEnumerable<Officer> OfficersOf(string office) => _officersOf[office];

    /// <summary>The liaison and the stand-ins of an office, in their order; also those whose time is over.</summary>
    public IEnumerable<LiaisonSeat> Seats(string office) => _seats[office];

    /// <summary>Offices for which somebody has a seat, in force or not.</summary>
    public IEnumerable<LiaisonSeat> SeatsOf(string officer) => _seats.SelectMany(office => office).Where(seat => seat.Officer == officer);

    public IEnumerable<Leave> LeaveOf(string officer) => _leave[officer];

    /// <summary>The entries of a kind, by key.</summary>
    public IEnumerable<Entry> Of(EntryKind kind) => _entries.Where(pair => pair.Key.Kind == kind.Id).OrderBy(pair => pair.Key.Key, StringComparer.Ordinal).Select(pair => pair.Value);

    public Entry? Find(EntryKind kind, string key) => _entries.GetValueOrDefault((kind.Id, key));

    /// <summary>As it will be when entries are added or take the place of their older versions.</summary>
    public DirectoryBook With(IEnumerable<Entry> changed)
    {
        var all = new Dictionary<(string, string), Entry>(_entries);
        foreach (var entry in changed) all[(entry.Kind.Id, entry.Key)] = entry;
        return new DirectoryBook(Version + 1, all.Values);
    }

    private static Agency AgencyOf(Entry entry) => new(entry.Key, NameOf(entry), entry["branch"], LevelOf(entry), entry["division"], entry["telephone"], TermOf(entry));

    private static Office OfficeOf(Entry entry) => new(entry.Key, NameOf(entry), entry["agency"], LevelOf(entry), entry["division"], entry["parent"], entry["address"], entry["telephone"], TermOf(entry));

    private static Officer OfficerOf(Entry entry) => new(entry.Key, NameOf(entry), entry["office"], entry["title"], entry["telephone"], TermOf(entry));

    private static LiaisonSeat SeatOf(Entry entry) => new(entry["office"], int.Parse(entry["order"], CultureInfo.InvariantCulture), entry["officer"], TermOf(entry));

    private static Leave LeaveOf(Entry entry) => new(entry["officer"], entry.Day("from") ?? DateOnly.MinValue, entry.Day("to") ?? DateOnly.MinValue, entry["reason"]);

    // What has no English name is shown by the one it has.
    private static Text NameOf(Entry entry) => new(entry["name"], entry.Filled("name_en") ?? entry["name"]);

    private static OfficeLevel LevelOf(Entry entry) => Enum.Parse<OfficeLevel>(entry["level"], ignoreCase: true);

    private static Term TermOf(Entry entry) => new(entry.Day("valid_from"), entry.Day("valid_to"));
}
