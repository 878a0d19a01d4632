using Liuzhuan.Directories.Entries;
using Liuzhuan.Directories.Sheets;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;

namespace Liuzhuan.Commands.DemoData;

/// <summary>The directory of the demonstration, as rows that are imported like anybody's: bodies and offices from data/demo, and made-up officers in each, from a seed.</summary>
internal sealed class DemoProvince
{
    /// <summary>The bureau whose liaison is on leave, so that the stand-in answers.</summary>
    public const string OnLeaveOffice = "220100990000";

    private const ulong OfficerKind = 7;

    private static readonly (string Title, string Role) Liaison = ("联络员", Roles.Liaison), StandIn = ("替补联络员", Roles.Liaison), Supervisor = ("督察", Roles.Supervisor), Window = ("户籍窗口民警", Roles.WindowOfficer), Clerk = ("核验经办人", Roles.AgencyClerk);

    private readonly ulong _seed;
    private readonly Dictionary<string, int> _numbers = [];
    private long _people;

    /// <param name="today">The leave begins the day before.</param>
    public DemoProvince(ulong seed, DateOnly today)
    {
        _seed = seed;
        var (bodies, offices) = (Read("agencies"), Read("offices"));
        var branches = bodies.ToDictionary(body => body.Cells["code"], body => body.Cells["branch"]);
        var rows = new List<GivenRow>([.. bodies, .. offices]);
        foreach (var office in offices) rows.AddRange(Officers(office, branches[office.Cells["agency"]] == "public-security"));
        var away = Officer(OnLeaveOffice, Roles.Liaison);
        rows.Add(Row(EntryKind.Leave, ("officer", away), ("from", EntryForm.Written(today.AddDays(-1))), ("to", EntryForm.Written(today.AddDays(13))), ("reason", "annual")));
        Rows = rows;
    }

    public IReadOnlyList<GivenRow> Rows { get; }

    /// <summary>Which officer has which role, in the order in which they were made.</summary>
    public List<(string Officer, string Office, string Role)> Held { get; } = [];

    /// <summary>The first, or a later, officer of an office with a role.</summary>
    public string Officer(string office, string role, int place = 0) => Held.Where(one => one.Office == office && one.Role == role).ElementAt(place).Officer;

    private IEnumerable<GivenRow> Officers(GivenRow office, bool isPolice)
    {
        var (code, division) = (office.Cells["code"], office.Cells["division"]);
        var order = 0;
        foreach (var (title, role) in Posts(office.Cells["level"], division, isPolice))
        {
            var random = SplitMix.For(_seed, OfficerKind, _people++);
            var number = _numbers[division] = _numbers.GetValueOrDefault(division) + 1;
            var id = $"{(isPolice ? 'J' : 'G')}{division}{number:000}";
            Held.Add((id, code, role));
            yield return Row(EntryKind.Officer, ("id", id), ("name", DemoNames.Draw(ref random)), ("office", code), ("title", title), ("telephone", $"0431-0000{_people + 1000:0000}"), ("valid_from", "2020-01-01"));
            if (role is Roles.Liaison or Roles.AgencyClerk) yield return Row(EntryKind.Liaison, ("office", code), ("order", $"{++order}"), ("officer", id));
        }
    }

    private static (string Title, string Role)[] Posts(string level, string division, bool isPolice) => (isPolice, level) switch
    {
        (false, _) => [Clerk, Clerk],
        (_, "station") => [Window, Window],
        (_, "province") =>
        [
            Liaison, StandIn, StandIn, Supervisor, ("户政政策科科长", Roles.PolicyOfficer),
            ("系统管理员", Roles.SystemAdministrator), ("安全管理员", Roles.SecurityAdministrator), ("审计员", Roles.Auditor),
        ],
        _ when division == "220100" => [Liaison, StandIn, Supervisor],
        _ => [Liaison, StandIn],
    };

    private static IReadOnlyList<GivenRow> Read(string name)
    {
        using var stream = typeof(DemoProvince).Assembly.GetManifestResourceStream($"demo/{name}.csv") ?? throw new InvalidOperationException($"Resource demo/{name}.csv is missing.");
        using var reader = new StreamReader(stream);
        return ReadDirectoryFile.Run(reader, ',', name).Ok(out var rows, out var refusal) ? rows : throw new RefusedException(refusal);
    }

    private static GivenRow Row(EntryKind kind, params (string Column, string Value)[] cells) => new(kind.Id, 0, kind.Id, cells.ToDictionary(cell => cell.Column, cell => cell.Value));
}
