using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Files;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Registers;

namespace Liuzhuan.Commands;

/// <summary><c>register build | info | check | apply | merge</c>: makes and looks after register files.</summary>
internal static class RegisterCommands
{
    public static Command Create(Session session)
    {
        var command = session.Command("register", "生成、查看、检查和更新登记库文件", "Makes, shows, checks and updates register files");
        command.Subcommands.Add(Build(session));
        command.Subcommands.Add(Info(session));
        command.Subcommands.Add(Check(session));
        command.Subcommands.Add(Apply(session));
        command.Subcommands.Add(Merge(session));
        return command;
    }

    /// <summary>The option by which a caller brings a schema of their own.</summary>
    public static Option<string?> OwnSchema(Session session) => session.Option<string?>(
        "--schema", "登记库描述：随附的名称（person、kinship、marriage、property、enterprise）或 YAML 文件", "Register schema: a shipped name (person, kinship, marriage, property, enterprise) or a YAML file", value: "NAME|FILE");

    /// <summary>The schemas to look among: the caller's own one, if named, then the shipped ones.</summary>
    public static Result<Func<string, RegisterSchema?>> Schemas(string? named)
    {
        if (named is null) return SchemaCatalogue.With(null);
        return SchemaCatalogue.Get(named).Ok(out var schema, out var refusal) ? SchemaCatalogue.With(schema) : refusal;
    }

    private static Command Build(Session session)
    {
        var schemaName = session.Option<string>("--schema", "登记库描述：随附的名称（person、kinship、marriage、property、enterprise）或 YAML 文件", "Register schema: a shipped name (person, kinship, marriage, property, enterprise) or a YAML file", value: "NAME|FILE");
        schemaName.DefaultValueFactory = _ => "person";
        var input = session.Option<string>("--input", "登记数据：UTF-8 编码的 CSV，首行为列名", "The records: CSV in UTF-8 with column names in the first line", required: true, value: "FILE.csv");
        var output = session.Option<string>("--output", "要生成的登记库文件", "The register file to make", required: true, value: "FILE.lzr");
        var asOf = session.Option<string?>("--as-of", "数据截至时间，如 2026-11-22T08:00+08:00；默认为输入文件的修改时间", "When the data was true, e.g. 2026-11-22T08:00+08:00; default: the input's modification time", value: "TIME");
        var threads = session.Option<int>("--threads", "线程数；不影响结果", "Threads; the result does not depend on it", value: "N");
        var quiet = session.Option<bool>("--quiet", "不显示进度", "No progress");
        var command = session.Command("build", "由 CSV 生成登记库文件；不能采用的行写入 FILE.lzr.rejects.csv", "Makes a register file from CSV; rows that cannot be taken go to FILE.lzr.rejects.csv");
        foreach (var option in new Option[] { schemaName, input, output, asOf, threads, quiet }) command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            if (!SchemaCatalogue.Get(parsed.GetValue(schemaName)!).Ok(out var schema, out var refusal)) return session.Refuse(refusal);
            var (source, target) = (parsed.GetValue(input)!, parsed.GetValue(output)!);
            if (InputFiles.Missing(source) is { } missing) return session.Refuse(missing);
            if (FileIdentity.Same(source, target)) return session.Refuse(SameFile(target));
            if (!AsOf(parsed.GetValue(asOf), source).Ok(out var instant, out var unreadable)) return session.Refuse(unreadable);
            using var line = new ProgressLine(session, session.Say("生成登记库", "Building"), session.Terminal.ShowsProgress && !parsed.GetValue(quiet));
            var report = SnapshotBuilder.Build(new BuildRequest(schema, source, target, instant, Threads: parsed.GetValue(threads)), new Reporter(line), stop);
            line.Dispose();
            ShowBuilt(session, report, target, instant);
            return ExitCodes.Done;
        }, stop));
        return command;
    }

    private static Command Info(Session session)
    {
        var file = session.Argument<string>("FILE", "登记库文件", "Register file");
        var json = session.Option<bool>("--json", "以 JSON 输出", "As JSON");
        var command = session.Command("info", "查看登记库文件的概况", "Shows what a register file holds");
        command.Arguments.Add(file);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var info = RegisterInfo.Read(parsed.GetValue(file)!);
            if (parsed.GetValue(json)) session.Terminal.Out.WriteLine(JsonSerializer.Serialize(info, CommandJson.Readable.RegisterInfo));
            else ShowInfo(session, info);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Check(Session session)
    {
        var file = session.Argument<string>("FILE", "登记库文件", "Register file");
        var command = session.Command("check", "通读登记库文件，核对全部校验和", "Reads a whole register file and checks every checksum");
        command.Arguments.Add(file);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            var path = parsed.GetValue(file)!;
            var damaged = RegisterInfo.Check(path, stop);
            if (damaged.Count > 0)
            {
                var list = string.Join(", ", damaged);
                return session.Refuse(new Refusal("register_corrupt", $"{path} 已损坏（{list}）：请从备份恢复，或用 register build 重新生成。", $"{path} is damaged ({list}): restore it from a backup, or make it again with register build."));
            }

            session.Terminal.Out.WriteLine(session.Say($"{path} 完好。", $"{path} is sound."));
            return ExitCodes.Done;
        }, stop));
        return command;
    }

    private static Command Apply(Session session)
    {
        var file = session.Argument<string>("FILE", "登记库文件", "Register file");
        var changes = session.Option<string>("--changes", "变更文件：CSV，change 列为 upsert、cancel 或 replace，其余为登记库的列", "Changes: CSV with a column change (upsert, cancel or replace) and the register's columns", required: true, value: "FILE.csv");
        var schema = OwnSchema(session);
        var command = session.Command("apply", "把变更写入登记库；运行中的服务两秒内生效", "Applies changes; a running server uses them within two seconds");
        command.Arguments.Add(file);
        command.Options.Add(changes);
        command.Options.Add(schema);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            if (!Schemas(parsed.GetValue(schema)).Ok(out var schemas, out var refusal)) return session.Refuse(refusal);
            var source = parsed.GetValue(changes)!;
            if (InputFiles.Missing(source) is { } missing) return session.Refuse(missing);
            var report = RegisterChanges.Apply(parsed.GetValue(file)!, source, schemas, stop);
            session.Terminal.Out.WriteLine(session.Say($"已生效 {report.Applied:N0} 条变更，退回 {report.Rejected.Count:N0} 条。", $"{report.Applied:N0} changes applied, {report.Rejected.Count:N0} rejected."));
            foreach (var rejected in report.Rejected)
            {
                var why = RejectionTexts.In(session.Language, rejected.Code);
                session.Terminal.Error.WriteLine(session.Say($"  第 {rejected.Line} 行（{rejected.Code}）：{why}。", $"  line {rejected.Line} ({rejected.Code}): {why}."));
            }

            return ExitCodes.Done;
        }, stop));
        return command;
    }

    private static Command Merge(Session session)
    {
        var file = session.Argument<string>("FILE", "登记库文件", "Register file");
        var schema = OwnSchema(session);
        var command = session.Command("merge", "把累积的变更并入登记库文件", "Merges the changes applied so far into the register file");
        command.Arguments.Add(file);
        command.Options.Add(schema);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            if (!Schemas(parsed.GetValue(schema)).Ok(out var schemas, out var refusal)) return session.Refuse(refusal);
            using var line = new ProgressLine(session, session.Say("合并", "Merging"), session.Terminal.ShowsProgress);
            var report = RegisterChanges.Merge(parsed.GetValue(file)!, schemas, new Reporter(line), stop);
            line.Dispose();
            session.Terminal.Out.WriteLine(session.Say($"已合并：{report.Records:N0} 条记录，{report.Bytes:N0} 字节。", $"Merged: {report.Records:N0} records, {report.Bytes:N0} bytes."));
            return ExitCodes.Done;
        }, stop));
        return command;
    }

    private static Result<DateTimeOffset> AsOf(string? text, string input)
    {
        if (text is null) return new DateTimeOffset(File.GetLastWriteTimeUtc(input), TimeSpan.Zero);
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return instant.ToUniversalTime();
        return new Refusal("usage.as-of", $"--as-of 的时间“{text}”无法识别：请写成 2026-11-22 或 2026-11-22T08:00+08:00。", $"--as-of \"{text}\" is no time: write 2026-11-22 or 2026-11-22T08:00+08:00.");
    }

    private static Refusal SameFile(string path) => new("output.same", $"{path} 就是输入文件：请另起文件名。", $"{path} is the input file itself: choose another name.");

    private static void ShowBuilt(Session session, BuildReport report, string target, DateTimeOffset asOf)
    {
        session.Terminal.Out.WriteLine(session.Say(
            $"已生成 {target}：{report.Records:N0} 条记录，{report.Bytes:N0} 字节，数据截至 {asOf:yyyy-MM-dd HH:mm}Z，用时 {report.Elapsed.TotalSeconds:F1} 秒。",
            $"Made {target}: {report.Records:N0} records, {report.Bytes:N0} bytes, data as of {asOf:yyyy-MM-dd HH:mm}Z, in {report.Elapsed.TotalSeconds:F1} s."));
        if (report.UnknownColumns.Count > 0)
        {
            var columns = string.Join(", ", report.UnknownColumns);
            session.Warn($"以下列不在登记库描述中，已忽略：{columns}。", $"these columns are not in the schema and were ignored: {columns}.");
        }

        if (report.MissingColumns.Count > 0)
        {
            var columns = string.Join(", ", report.MissingColumns);
            session.Warn($"输入缺少以下列，按空白处理：{columns}。", $"the input lacks these columns, taken as empty: {columns}.");
        }

        if (report.Rejected > 0) session.Warn($"{report.Rejected:N0} 行不能采用，原因见 {target}.rejects.csv。", $"{report.Rejected:N0} rows were rejected; {target}.rejects.csv says why.");
    }

    private static void ShowInfo(Session session, RegisterInfo info)
    {
        var rows = new (string Label, string Value)[]
        {
            (session.Say("文件", "File"), info.Path),
            (session.Say("描述", "Schema"), $"{info.SchemaId} {info.SchemaVersion}"),
            (session.Say("数据截至", "As of"), $"{info.AsOf.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm:ss zzz}"),
            (session.Say("记录数", "Records"), $"{info.Records:N0}"),
            (session.Say("号码数", "Keys"), $"{info.Keys:N0}"),
            (session.Say("文件大小", "Bytes"), $"{info.Bytes:N0}"),
            (session.Say("未合并的变更（字节）", "Changes not yet merged (bytes)"), $"{info.OverlayBytes:N0}"),
            (session.Say("摘要", "Digest"), info.Digest),
            (session.Say("格式版本", "Format version"), $"{info.FormatVersion}"),
        };
        foreach (var (label, value) in rows) session.Terminal.Out.WriteLine($"{label}{session.Say("：", ": ")}{value}");
    }

    private sealed class Reporter(ProgressLine line) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value) => line.Report(value.Stage, value.Share, 0);
    }
}

[JsonSerializable(typeof(RegisterInfo))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    public static readonly CommandJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
