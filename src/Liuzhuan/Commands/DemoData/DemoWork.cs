using System.Text;
using Liuzhuan.Exchange.Desk;
using Liuzhuan.Exchange.Hall;
using Liuzhuan.Exchange.Objections;
using Liuzhuan.Exchange.Workbench;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Platform.People.Sessions;

namespace Liuzhuan.Commands.DemoData;

/// <summary>
/// A morning's work in the demonstration's province, so that nobody finds empty pages: people were verified at windows, one of them so often that it is an alert
/// and that person objects, and agencies sent lists, one of which is answered. All of it goes the way of real work, and leaves the same traces. Done once, beside the start.
/// </summary>
internal sealed partial class DemoWork(
    DataStore store, DemoDirectory directory, DemoPeople people, ActorLoad actors, VerifyPerson verify, SubmitRequest submit, HandleRequest handle, RequestDesk requests, RequestFiles files,
    RaiseObjection raise, OwnAccess accesses, OwnNumbers numbers, TimeProvider clock, ILogger<DemoWork> log) : BackgroundService
{
    private const string Header = "姓名,公民身份号码,性别\n";

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await IsDoneAsync(stoppingToken)) return;
            await LooksAsync(stoppingToken);
            await RequestsAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rest is not done any more; the pages do without.
        }
        catch (RefusedException refused)
        {
            Broken(refused.Refusal.Code);
        }
    }

    private async Task<bool> IsDoneAsync(CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ScalarAsync(null, "select id from exchange_requests limit 1", stop) is not null;
    }

    private async Task LooksAsync(CancellationToken stop)
    {
        if (directory.Citizens is not [var near, .., var far]) return;
        var (window, border) = (await OfficerAsync(DemoDirectory.Station, Roles.WindowOfficer, stop), await OfficerAsync(DemoDirectory.Border, Roles.WindowOfficer, stop));
        await LookAsync(border, far.Person, "identity-card", stop);
        await LookAsync(window, far.Person, "household-registration", stop);
        await LookAsync(window, near.Person, "identity-card", stop);
        await LookAsync(window, near.Person, "household-registration", stop);
        var last = await LookAsync(window, near.Person, "household-registration", stop);

        var citizen = Of(near.Account.Id, ActorKind.Citizen, near.Account.Name) with { Person = near.Account.Person, Roles = [Roles.Citizen], Way = SignInWays.Code };
        if (await accesses.FindAsync(numbers.Of(near.Account.Person), last, stop) is { } access) Done(await raise.ToAccessAsync(citizen, access, "too-often", "我只去过一次窗口，请说明为什么查询我三次。", null, stop));
    }

    private async Task RequestsAsync(CancellationToken stop)
    {
        var (court, school) = (await OfficerAsync(DemoDirectory.Court, Roles.AgencyClerk, stop), await OfficerAsync(DemoDirectory.School, Roles.AgencyClerk, stop));
        var answered = await SubmitAsync(school, "转学学生名单-2026年10月.csv", 24, 100, "month", "school-enrolment/compulsory-education-12", "", stop);
        await SubmitAsync(school, "秋季入学名单.csv", 60, 200, "quarter", "school-enrolment/compulsory-education-12", "2026 年秋季入学，请一并核对性别。", stop);
        await SubmitAsync(court, "被执行人身份核实-第31号.csv", 7, 300, "ad-hoc", "court-evidence/civil-procedure-70", "第 31 号案件，急用。", stop);

        var liaison = await OfficerAsync(DemoDirectory.District, Roles.Liaison, stop);
        Done(await handle.OpenAsync(liaison, await RequestAsync(answered, stop), stop));
        var request = await RequestAsync(answered, stop);
        using var timer = new PeriodicTimer(LookAgain, clock);
        while (files.Store.Find(request.Job) is { Phase: not (JobPhase.Done or JobPhase.Refused or JobPhase.Failed) }) await timer.WaitForNextTickAsync(stop);
        Done(await handle.ReleaseAsync(liaison, request, stop));
    }

    private async Task<long> LookAsync(Actor officer, DemoPerson person, string purpose, CancellationToken stop) =>
        Done(await verify.RunAsync(officer, new PersonQuestion { Purpose = purpose, Number = person.Number, Name = person.Name }, Done(SentForm.Of(officer, SentForm.NewId())), stop)).Position;

    private async Task<string> SubmitAsync(Actor clerk, string name, int rows, long from, string cadence, string ground, string note, CancellationToken stop)
    {
        var form = new RequestTarget(submit, files, clerk, await submit.BranchAsync(clerk, stop), "zh");
        foreach (var (field, value) in new[] { ("fact", "identity"), ("cadence", cadence), ("ground", ground), ("note", note), (SentForm.Field, SentForm.NewId()) }) form.Fields[field] = value;
        var job = files.Store.Prepare();
        var list = Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(0, rows).Select(row => Line(people[(from + row) % people.Count], row))));
        await File.WriteAllBytesAsync(files.Store.InputPath(job, name), list, stop);
        return Done(await form.TakeAsync(job, name, list.Length, stop));
    }

    // As lists are: some names are written wrong, and a digit is left out now and then.
    private static string Line(DemoPerson person, int row) =>
        $"{(row % 11 == 4 ? person.Name + "某" : person.Name)},{(row % 17 == 6 ? person.Number[..^1] : person.Number)},{(person.Male ? '男' : '女')}\n";

    private async Task<ExchangeRequest> RequestAsync(string id, CancellationToken stop) => (await requests.FindAsync(id, stop))!.Value.Request;

    private async Task<Actor> OfficerAsync(string office, string role, CancellationToken stop)
    {
        var id = directory.OfficerAt(office, role);
        var member = await actors.MemberAsync(id, stop) ?? throw new RefusedException(RequestRefusals.Gone);
        return Of(Actor.OfOfficer(id), ActorKind.Officer, member.Name) with { Post = member.Post, Roles = await actors.RolesAsync(id, stop), Way = SignInWays.Demo };
    }

    private Actor Of(string id, ActorKind kind, string name)
    {
        var now = clock.GetUtcNow();
        return new Actor { Id = id, Kind = kind, Name = name, Session = "", SignedInAt = now, ProvedAt = now };
    }

    private static T Done<T>(Result<T> outcome)
        where T : notnull => outcome.Ok(out var value, out var refusal) ? value : throw new RefusedException(refusal);

    [LoggerMessage(LogLevel.Warning, "The demonstration's work was not all done: {Code}")]
    private partial void Broken(string code);
}
