using Liuzhuan.Directories;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Commands.DemoData;

using CastMember = Liuzhuan.Platform.People.DemoPerson;

/// <summary>Fills an empty directory with the demonstration's, gives its officers their roles, and knows whom one may sign in as. A second start finds everything there and changes nothing.</summary>
internal sealed class DemoDirectory(DirectoryShelf shelf, ChangeDirectory change, ManageRoles roles, CitizenAccounts citizens, DemoPeople people, TimeProvider clock) : IHostedService, IDemoCast
{
    private const string Operator = "operator/demonstration", MadeUp = "演示数据，不涉及真实的人";

    /// <summary>Offices by their codes.</summary>
    public const string Station = "220104990100", District = "220104990000", City = "220100990000", Province = "220000990000", Court = "220104981700", School = "220104982000", Border = "222401990100";

    // What one can try, by the office and the role of whom one signs in as; the last number is the place among those of the same role there.
    private static readonly (string Office, string Role, int Place, Text Title)[] Staff =
    [
        (Station, Roles.WindowOfficer, 0, new("在窗口核验一个人、一份名单", "verifies a person at the window, and a list")),
        (Border, Roles.WindowOfficer, 0, new("在延吉办理：辖区之外看到的更少", "works in Yanji: beyond the own division less is shown")),
        (City, Roles.Liaison, 1, new("联络员请假，由我替补", "stands in for the liaison, who is on leave")),
        (District, Roles.Liaison, 0, new("按法定期限办理单位的请求", "answers agencies in the order of their deadlines")),
        (Court, Roles.AgencyClerk, 0, new("替法院提交核验名单", "submits lists for a court")),
        (School, Roles.AgencyClerk, 0, new("替教育局提交核验名单", "submits lists for an education bureau")),
        (City, Roles.Supervisor, 0, new("查看异常查询的警示", "looks at alerts about unusual questions")),
        (Province, Roles.PolicyOfficer, 0, new("导入放假通知，看哪些时限会变", "imports a notice of days off and sees which deadlines move")),
        (Province, Roles.SystemAdministrator, 0, new("维护机构名录，邀请人员", "keeps the directory and invites officers")),
        (Province, Roles.SecurityAdministrator, 0, new("授予和撤销角色", "grants and revokes roles")),
        (Province, Roles.Auditor, 0, new("在账本里查谁做了什么", "reads in the ledger who did what")),
    ];

    // Area code 100 is given to no telephone.
    private static readonly string[] Phones = ["10000000001", "10000000002", "10000000003"];

    private IReadOnlyList<CastMember> _cast = [];
    private DemoProvince? _province;

    /// <summary>The first of a role in an office. Nobody before the directory was filled.</summary>
    /// <exception cref="InvalidOperationException">The directory is not filled yet.</exception>
    public string OfficerAt(string office, string role) => (_province ?? throw new InvalidOperationException("The demonstration's directory is not filled yet.")).Officer(office, role);

    /// <summary>The citizens one may sign in as, and what the register holds of them.</summary>
    public IReadOnlyList<(CitizenAccount Account, DemoPerson Person)> Citizens { get; private set; } = [];

    public Task<IReadOnlyList<CastMember>> ListAsync(CancellationToken stop) => Task.FromResult(_cast);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var stop = cancellationToken;
        var province = _province = new DemoProvince(people.Seed, ChinaTime.DayOf(clock.GetUtcNow()));
        if ((await shelf.LoadAsync(stop)).Version == 0) Done(await change.ApplyAsync(province.Rows, 0, Operator, MadeUp, stop));
        var book = await shelf.LoadAsync(stop);
        var granted = (await roles.ListAsync(null, stop)).Select(grant => (grant.OfficerId, grant.Role)).ToHashSet();
        // What was revoked since stays so. Together, because entries that wait for the disk share a commit.
        var missing = province.Held.Where(one => !granted.Contains((one.Officer, one.Role)) && book.Officers.ContainsKey(one.Officer));
        foreach (var outcome in await Task.WhenAll(missing.Select(one => roles.GrantAsync(Operator, one.Officer, one.Role, MadeUp, MadeUp, stop)))) Done(outcome);
        var staff = Staff.Select(one => (one.Role, one.Title, Officer: book.Officers.GetValueOrDefault(province.Officer(one.Office, one.Role, one.Place)))).Where(one => one.Officer is not null)
            .Select(one => new CastMember(Actor.OfOfficer(one.Officer!.Id), one.Officer.Name.Zh, Roles.Name(one.Role), one.Title, book.Offices.GetValueOrDefault(one.Officer.Office)?.Name.Zh));
        _cast = [.. staff, .. await CitizensAsync(stop)];
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<IReadOnlyList<CastMember>> CitizensAsync(CancellationToken stop)
    {
        var (found, accounts) = (new List<CastMember>(), new List<(CitizenAccount, DemoPerson)>());
        foreach (var (person, phone) in Ordinary().Zip(Phones))
        {
            var account = await citizens.KeepAsync(CitizenNumber.Pack(person.Number), person.Name, phone, Operator, stop);
            accounts.Add((account, person));
            found.Add(new CastMember(account.Id, person.Name, Roles.Name(Roles.Citizen), new($"户籍在{Home(person)}：看谁查过我，提出异议", $"registered in {Home(person)}: sees who asked, and challenges it"), null));
        }

        Citizens = accounts;
        return found;
    }

    private static string Home(DemoPerson person) => DivisionBook.Shipped.Last(person.Division)?.Name ?? person.Division;

    // One of the district of the window, and the next two of anywhere.
    private IEnumerable<DemoPerson> Ordinary()
    {
        var plain = Enumerable.Range(0, (int)Math.Min(people.Count, 5_000)).Select(index => people[index]).Where(person => person is { Status: "active", OldNumber: null, SharesNumber: false, FormerName: "" }).ToList();
        return plain.Where(person => person.Division == "220104").Take(1).Concat(plain.Where(person => person.Division != "220104")).Take(Phones.Length);
    }

    private static void Done<T>(Result<T> outcome) where T : notnull
    {
        if (!outcome.Ok(out _, out var refusal)) throw new RefusedException(refusal);
    }
}
