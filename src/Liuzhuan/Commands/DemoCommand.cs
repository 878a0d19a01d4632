using System.CommandLine;
using Liuzhuan.Commands.DemoData;
using Liuzhuan.Exchange;
using Liuzhuan.Exchange.Wording;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Web;
using Liuzhuan.Registers;
using Spectre.Console;

namespace Liuzhuan.Commands;

/// <summary><c>demo</c>: what <c>./run</c> does. Makes a made-up register, verifies three files, shows what came out, then serves the page.</summary>
internal static class DemoCommand
{
    private const int TlsAfterPort = 363;

    private static readonly string[] Files = [DemoRequests.School, DemoRequests.Employer, DemoRequests.Roster];

    public static Command Create(Session session)
    {
        var people = DemoDataCommand.PeopleOption(session);
        var seed = DemoDataCommand.SeedOption(session);
        var data = session.Option<string>("--data", "数据目录（默认 .data）", "Data directory (default .data)", value: "DIR");
        data.DefaultValueFactory = _ => ".data";
        var port = session.Option<int>("--port", "网页端口（默认 5080）", "Port of the page (default 5080)", value: "N");
        port.DefaultValueFactory = _ => ServeCommand.DefaultPort;
        var once = session.Option<bool>("--once", "做完就结束，不打开网页", "Do the job and exit, without serving the page");
        var tls = session.Option<int?>("--tls-port", "双向 TLS 的端口（默认为网页端口加 363，即 5443）", "Port for mutual TLS (default: the page's port and 363, that is 5443)", value: "N");
        var command = session.Command("demo", "完整演示：造数据、建库、核验三个文件、打开网页", "The whole demonstration: data, register, three files verified, the page");
        foreach (var option in new Option[] { people, seed, data, port, tls, once }) command.Options.Add(option);
        command.SetAction(async (parsed, stop) =>
        {
            if (!DemoDataCommand.CheckPeople(parsed.GetValue(people)).Ok(out var count, out var refusal)) return session.Refuse(refusal);
            var directory = parsed.GetValue(data)!;
            var (code, register) = await Task.Run(() => Run(session, count, parsed.GetValue(seed), directory, stop), stop);
            if (code != ExitCodes.Done || parsed.GetValue(once)) return code;
            return await ServeAsync(session, new ServeOptions { Port = parsed.GetValue(port), TlsPort = parsed.GetValue(tls) ?? parsed.GetValue(port) + TlsAfterPort, DataDirectory = directory, RegisterPath = register, FindSchema = SchemaCatalogue.Find, Demo = true, DrainFor = TimeSpan.Zero }, count, parsed.GetValue(seed), stop);
        });
        return command;
    }

    // The demonstration's database is the folder's own, whatever the environment says of the real one.
    private static Task<int> ServeAsync(Session session, ServeOptions options, long count, long seed, CancellationToken stop)
    {
        var people = new DemoPeople(count, (ulong)seed);
        var person = people.FirstOrdinary();
        return ServeCommand.RunAsync(session, options, stop, builder =>
        {
            builder.Services.AddSingleton(new DemoQuestion(person.Number, person.Name)).AddSingleton(Hints(options));
            builder.Services.AddHostedService<DemoAgency>();
            builder.Services.AddSingleton(people).AddSingleton<DemoDirectory>().AddSingleton<IDemoCast>(services => services.GetRequiredService<DemoDirectory>()).AddHostedService(services => services.GetRequiredService<DemoDirectory>());
            builder.Services.AddHostedService<DemoWork>();
        });
    }

    // As they are typed in the folder the program was started from.
    private static ClientHints Hints(ServeOptions options)
    {
        var folder = Path.GetRelativePath(Environment.CurrentDirectory, options.DataDirectory);
        var server = $"http://localhost:{options.Port}";
        var ask = "./liuzhuan ask" + (options.Port == ServeCommand.DefaultPort ? "" : $" --server {server}") + (folder == ".data" ? "" : $" --data {folder}");
        var (question, tls) = (Path.Combine(folder, DemoAgency.QuestionFile), Path.Combine(folder, "tls"));
        return new ClientHints(
            ask,
            $"node examples/node/ask.mjs --server {server} --client {KeyPurposes.DemoAgency} --key {Path.Combine(folder, DataArguments.KeysFolder)}/{KeyPurposes.DemoAgency}.ES256.0001.pem {question}",
            $"curl --cacert {tls}/server.pem --cert {tls}/{KeyPurposes.DemoAgency}.pem --key {tls}/{KeyPurposes.DemoAgency}.key https://localhost:{options.TlsPort}/api/questions -H \"Content-Type: application/json\" -d @{question}");
    }

    private static (int Code, string Register) Run(Session session, long count, long seed, string data, CancellationToken stop)
    {
        var directory = Path.Combine(data, $"demo-{count}-{seed}");
        var register = Path.Combine(directory, "people.lzr");
        session.Terminal.Out.WriteLine(session.Say("以下姓名、号码和单位都是程序生成的演示数据，与真实的人无关。", "All names, numbers and bodies below are demonstration data made by a program; none is real."));
        Prepare(session, count, seed, directory, register, stop);

        var results = Path.Combine(directory, "results");
        Directory.CreateDirectory(results);
        var reports = new List<(VerifyReport Report, string Output)>();
        using (var opened = Register.Open(register, SchemaCatalogue.Find))
        using (var ledger = new LedgerInWaiting(session.Terminal.Clock, data, () => new DataOptions(), new BatchGrounds("演示", "演示数据，不涉及真实的人", opened.Schema.Id)))
        {
            foreach (var file in Files)
            {
                using var line = new ProgressLine(session, file, session.Terminal.ShowsProgress);
                using var touched = new TouchedNumbers();
                var request = Request(session, Path.Combine(directory, "requests", file), results) with { Record = ledger.Record, Touched = touched };
                if (!VerifyFile.Run(request, opened, session.Terminal.Clock, p => line.Report(p.Stage, p.Share, p.Rows), stop).Ok(out var report, out var refusal)) return (session.Refuse(refusal), register);
                reports.Add((report, request.OutputPath!));
            }
        }

        Show(session, reports);
        session.Terminal.Out.WriteLine(session.Say($"结果文件在 {Path.GetFullPath(results)}（每个结果旁有待改正行清单 *.problems.csv 和报告 *.report.json）", $"The results are in {Path.GetFullPath(results)} (beside each: rows to mend in *.problems.csv, the report in *.report.json)"));
        return (ExitCodes.Done, register);
    }

    private static void Prepare(Session session, long count, long seed, string directory, string register, CancellationToken stop)
    {
        var clock = session.Terminal.Clock;
        var people = Path.Combine(directory, "people.csv");
        if (!File.Exists(people))
        {
            var started = clock.GetTimestamp();
            DemoDataCommand.Make(session, count, seed, directory, stop);
            session.Terminal.Out.WriteLine(session.Say($"生成 {count:N0} 人的演示登记数据：{clock.GetElapsedTime(started).TotalSeconds:F1} 秒", $"Made demonstration records of {count:N0} people in {clock.GetElapsedTime(started).TotalSeconds:F1} s"));
        }

        if (IsCurrent(register)) return;
        using var line = new ProgressLine(session, session.Say("生成登记库", "Building"), session.Terminal.ShowsProgress);
        var built = SnapshotBuilder.Build(new BuildRequest(SchemaCatalogue.Find("person")!, people, register, clock.GetUtcNow()), new Reporter(line), stop);
        line.Dispose();
        session.Terminal.Out.WriteLine(session.Say($"建成登记库：{built.Records:N0} 条记录，{built.Bytes:N0} 字节，{built.Elapsed.TotalSeconds:F1} 秒", $"Built the register: {built.Records:N0} records, {built.Bytes:N0} bytes, in {built.Elapsed.TotalSeconds:F1} s"));
    }

    // A register of an earlier version of the program, or a broken one, is built again.
    private static bool IsCurrent(string register)
    {
        if (!File.Exists(register)) return false;
        try
        {
            using var opened = Register.Open(register, SchemaCatalogue.Find);
            return true;
        }
        catch (RegisterException)
        {
            return false;
        }
    }

    private static VerifyRequest Request(Session session, string input, string results)
    {
        var output = Path.Combine(results, Path.GetFileName(input));
        return new VerifyRequest
        {
            InputPath = input,
            InputName = input,
            OutputPath = output,
            ProblemsPath = Path.ChangeExtension(output, ".problems.csv"),
            ReportPath = Path.ChangeExtension(output, ".report.json"),
            Language = session.Language,
            ProblemLimit = VerifySummary.ProblemsShown,
        };
    }

    private static void Show(Session session, List<(VerifyReport Report, string Output)> reports)
    {
        var words = AnswerTexts.In(session.Language).Verdicts;
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(session.Say("文件（演示数据）", "File (demonstration data)"));
        table.AddColumn(new TableColumn(session.Say("行数", "Rows")).RightAligned());
        foreach (var code in AnswerCodes.Verdicts) table.AddColumn(new TableColumn(words[code]).RightAligned());
        table.AddColumn(new TableColumn(session.Say("每秒行数", "Rows/s")).RightAligned());
        foreach (var (report, _) in reports)
        {
            string[] cells = [Markup.Escape(report.Input.Name), $"{report.Rows:N0}", .. AnswerCodes.Verdicts.Select(code => VerifySummary.CountAndShare(report, code)), $"{report.Rows / report.Seconds:N0}"];
            table.AddRow(cells);
        }

        var console = VerifySummary.Plain(session.Terminal.Out);
        console.Write(table);
        foreach (var (report, _) in reports) VerifySummary.WriteProblems(session, console, session.Terminal.Out, report, most: 4);
    }

    private sealed class Reporter(ProgressLine line) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value) => line.Report(value.Stage, value.Share, 0);
    }
}
