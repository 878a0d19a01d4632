using System.CommandLine;
using Liuzhuan.Commands.DemoData;

namespace Liuzhuan.Commands;

/// <summary><c>demo-data</c>: a made-up register, changes to it and request files, the same for the same seed.</summary>
internal static class DemoDataCommand
{
    public const long DefaultSeed = 20260101;

    private const string Readme = """
        # 演示数据 / Demonstration data

        本目录的人员、号码和单位全部由程序按种子生成，与任何真实的人无关。
        All people, numbers and bodies here are made up by a seeded generator; none of them is real.

        - `people.csv`: 登记库的全部记录 / all records of the register
        - `changes.csv`: 一批变更（upsert、cancel、replace）/ a day's changes
        - `requests/`: 待核验的文件 / files to verify

        """;

    public static Command Create(Session session)
    {
        var people = PeopleOption(session);
        var seed = SeedOption(session);
        var output = session.Option<string>("--out", "写到这个目录", "Directory to write to", required: true, value: "DIR");
        var command = session.Command("demo-data", "生成演示数据：登记库、变更和待核验文件（全部虚构）", "Makes demonstration data: register, changes and request files (all made up)");
        foreach (var option in new Option[] { people, seed, output }) command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            if (!CheckPeople(parsed.GetValue(people)).Ok(out var count, out var refusal)) return session.Refuse(refusal);
            var directory = parsed.GetValue(output)!;
            Make(session, count, parsed.GetValue(seed), directory, stop);
            session.Terminal.Out.WriteLine(session.Say($"演示数据（全部虚构）已写到 {directory}：people.csv、changes.csv、requests/。", $"Demonstration data (all made up) is in {directory}: people.csv, changes.csv, requests/."));
            return ExitCodes.Done;
        }, stop));
        return command;
    }

    public static Option<long> PeopleOption(Session session)
    {
        var option = session.Option<long>("--people", "人数（默认 100000）", "How many people (default 100000)", value: "N");
        option.DefaultValueFactory = _ => 100_000;
        return option;
    }

    public static Option<long> SeedOption(Session session)
    {
        var option = session.Option<long>("--seed", "种子：相同的种子生成相同的文件", "Seed: the same seed gives the same files", value: "S");
        option.DefaultValueFactory = _ => DefaultSeed;
        return option;
    }

    public static Platform.Outcomes.Result<long> CheckPeople(long count) => count is >= 1 and <= 100_000_000
        ? count
        : new Platform.Outcomes.Refusal("usage.people", "--people 应在 1 到 100000000 之间。", "--people must be from 1 to 100000000.");

    /// <summary>Writes everything; people.csv comes last to its name, so that its presence means the data is whole.</summary>
    public static void Make(Session session, long count, long seed, string directory, CancellationToken stop)
    {
        var requests = Path.Combine(directory, "requests");
        Directory.CreateDirectory(requests);
        var people = new DemoPeople(count, (ulong)seed);
        using var line = new ProgressLine(session, session.Say("演示数据", "Demo data"), session.Terminal.ShowsProgress);
        File.WriteAllText(Path.Combine(directory, "README.md"), Readme);
        DemoRequests.WriteAll(people, requests);
        using (var changes = File.Create(Path.Combine(directory, "changes.csv"))) DemoChanges.Write(people, changes);
        using var file = Platform.Files.ReplacedFile.Create(Path.Combine(directory, "people.csv"));
        DemoRegisterFile.Write(people, file.Stream, share => line.Report("making", share, (long)(share * count)), stop);
        file.Place();
    }
}
