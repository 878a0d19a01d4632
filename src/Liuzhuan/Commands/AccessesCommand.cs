using System.CommandLine;
using System.Text;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;
using Liuzhuan.Platform.Ledger.Accesses.Tidying;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary><c>accesses</c>: who looked a person up. The person's numbers come from standard input, so that none stands in a command line, a history or a log.</summary>
internal static class AccessesCommand
{
    private const int MostNumbers = 8;

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private static readonly Refusal NoPlace = new("accesses.no-database",
        "这个数据目录里还没有数据库：请检查 --data。",
        "There is no database in this data folder yet: check --data.");

    public static Command Create(Session session)
    {
        var command = session.Command("accesses", "谁查过我：列出一个人被查询的记录（号码从标准输入读取）", "Who looked me up: lists the accesses to a person (numbers are read from standard input)");
        var data = new DataArguments(session, command);
        var agency = session.Option<string>("--agency", "以谁的名义查看；当事人会看到", "On whose behalf you look; the person will see it", value: "TEXT");
        agency.DefaultValueFactory = _ => session.Say("本系统运行单位", "operator of this system");
        var purpose = session.Option<string>("--purpose", "查看的用途；当事人会看到", "What you look for; the person will see it", value: "TEXT");
        purpose.DefaultValueFactory = _ => session.Say("应本人申请查询", "at the person's own request");
        var limit = session.Option<int>("--limit", "最多列出几条（默认 50）", "How many to list at most (default 50)", value: "N");
        limit.DefaultValueFactory = _ => 50;
        var before = session.Option<long?>("--before", "只列出这一账本序号之前的", "Only those before this position in the ledger", value: "POSITION");
        foreach (var option in new Option[] { agency, purpose, limit, before }) command.Options.Add(option);
        command.Subcommands.Add(Tidy(session));
        command.SetAction(async (parsed, stop) =>
        {
            if (!NumbersInput.Read(session, MostNumbers).Ok(out var person, out var refusal)) return session.Refuse(refusal);
            if (!(await OpenAsync(session, data, parsed, stop)).Ok(out var opened, out refusal)) return session.Refuse(refusal);
            await using (opened)
            {
                var (clock, keys) = (session.Terminal.Clock, PseudonymKeys.All(opened.Keys));
                await new RunFiles(opened.Store, clock).TakeAllInAsync(stop);
                var show = new ShowAccesses(opened.Ledger, new AccessRecorder(opened.Store, keys[^1], clock), new AccessHistory(opened.Store, keys), clock);
                var page = await show.RunAsync(new Looker(OpenedData.Actor, parsed.GetValue(agency)!), parsed.GetValue(purpose)!, person, Math.Clamp(parsed.GetValue(limit), 1, 10_000), parsed.GetValue(before), stop);
                Tell(session, page, await new DirectoryShelf(opened.Store).LoadAsync(stop));
                return ExitCodes.Done;
            }
        });
        return command;
    }

    private static Command Tidy(Session session)
    {
        var command = session.Command("tidy", "合并访问记录，使查询保持快速；服务运行时会自动进行", "Merges the records of accesses so that lists stay quick; a running service does so by itself");
        var data = new DataArguments(session, command);
        var keep = session.Option<int?>("--keep-days", "同时删除早于这么多天的记录；删除本身记入账本", "Also drop what is older than so many days; that is logged", value: "N");
        command.Options.Add(keep);
        var lost = session.Option<string?>("--give-up", "放弃一个已损坏或丢失的访问记录文件；放弃本身记入账本", "Do without a file of accesses that is damaged or lost; that is logged", value: "RUN");
        command.Options.Add(lost);
        command.SetAction(async (parsed, stop) =>
        {
            if (!(await OpenAsync(session, data, parsed, stop)).Ok(out var opened, out var refusal)) return session.Refuse(refusal);
            await using (opened)
            {
                var files = new RunFiles(opened.Store, session.Terminal.Clock);
                if (parsed.GetValue(lost) is { } run && await GiveUpAsync(session, opened, files, run, stop) is { } unknown) return session.Refuse(unknown);
                if (parsed.GetValue(keep) is { } days)
                {
                    // What is in files goes with the rest.
                    await files.TakeAllInAsync(stop);
                    await DropAsync(session, opened, session.Terminal.Clock.GetUtcNow().AddDays(-Math.Max(1, days)), stop);
                }

                var (tidying, pieces) = (new AccessTidying(opened.Store, session.Terminal.Clock), 0);
                while (await tidying.RunOnceAsync(stop)) pieces++;
                session.Terminal.Out.WriteLine(pieces == 0 ? session.Say("无需整理。", "Nothing was to be done.") : session.Say($"已整理（{pieces} 步）。", $"Done, in {pieces} steps."));
                return ExitCodes.Done;
            }
        });
        return command;
    }

    private static async Task<Refusal?> GiveUpAsync(Session session, OpenedData opened, RunFiles files, string name, CancellationToken stop)
    {
        await using var connection = await opened.Store.OpenAsync(stop);
        if ((await files.LostAsync(connection, stop)).FirstOrDefault(one => Path.GetFileNameWithoutExtension(files.PathOf(one.Id)) == name) is not { } lost) return NotLost(name);
        var detail = Encoding.UTF8.GetBytes($"{{\"act\":\"give-up-accesses\",\"entry\":{lost.FirstPosition},\"people\":{lost.People}}}");
        await opened.Ledger.AppendAsync(new NewEntry("administration", OpenedData.Actor, detail), stop);
        await files.GiveUpAsync(connection, lost, stop);
        session.Terminal.Out.WriteLine(session.Say($"已放弃账本第 {lost.FirstPosition} 条的访问记录（{lost.People:N0} 人），这些人的“谁查过我”不再列出它。", $"Gave up the accesses of ledger entry {lost.FirstPosition} ({lost.People:N0} people), which lists no longer show."));
        return null;
    }

    private static Refusal NotLost(string name) => new("accesses.not-lost",
        $"没有名为“{name}”的已损坏或丢失的访问记录文件：完好的不能放弃，请照报错里的名字写。",
        $"No file of accesses named \"{name}\" is damaged or lost: a sound one is not given up; write the name as the error says it.");

    private static async Task DropAsync(Session session, OpenedData opened, DateTimeOffset cutoff, CancellationToken stop)
    {
        var detail = Encoding.UTF8.GetBytes($"{{\"act\":\"drop-accesses\",\"before\":\"{cutoff.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\"}}");
        await opened.Ledger.AppendAsync(new NewEntry("administration", OpenedData.Actor, detail), stop);
        var dropped = await new AccessRetention(opened.Store).DropAsync(cutoff, stop);
        session.Terminal.Out.WriteLine(session.Say($"已删除 {dropped:N0} 次查询的记录。", $"Dropped the records of {dropped:N0} lookups."));
    }

    private static async Task<Result<OpenedData>> OpenAsync(Session session, DataArguments data, ParseResult parsed, CancellationToken stop)
    {
        if (!data.Options(parsed).Ok(out var options, out var refusal)) return refusal;
        // A look into the wrong folder must not leave a new database and new keys there.
        if (options.Provider == "sqlite" && options.Connection.Length == 0 && !File.Exists(Path.Combine(data.Folder(parsed), "liuzhuan.db"))) return NoPlace;
        return await OpenedData.OpenAsync(options, data.Folder(parsed), session.Terminal.Clock, stop);
    }

    // Of a machine the credit code of its agency was logged, which stays while names change.
    private static string Asker(Session session, DirectoryBook book, string logged) =>
        book.Agencies.GetValueOrDefault(logged)?.Name is { } name ? session.Say($"{name.Zh}（{logged}）", $"{name.En} ({logged})") : logged;

    private static void Tell(Session session, AccessPage page, DirectoryBook book)
    {
        var output = session.Terminal.Out;
        foreach (var item in page.Items)
        {
            output.WriteLine($"{item.At.ToOffset(China):yyyy-MM-dd HH:mm:ss}  {Asker(session, book, item.Agency)} · {item.Fact} · {item.Purpose} · {item.Provision}  {session.Say($"（账本第 {item.Position} 条）", $"(ledger entry {item.Position})")}");
        }

        if (page.Before is { } before) output.WriteLine(session.Say($"还有更早的：加 --before {before} 继续。", $"There are older ones: go on with --before {before}."));
    }
}
