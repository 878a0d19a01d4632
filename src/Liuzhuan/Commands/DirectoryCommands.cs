using System.CommandLine;
using Liuzhuan.Directories;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Directories.Sheets;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Files;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary><c>directory</c>: agencies, offices, officers, liaisons and leave, out as a spreadsheet and in again. Every import is an entry of the ledger.</summary>
internal static class DirectoryCommands
{
    private const int MostShown = 200;

    public static Command Create(Session session)
    {
        var command = session.Command("directory", "机构名录：单位、机构、人员、联络员、请假的导出和导入", "The directory: agencies, offices, officers, liaisons, leave; out and in as spreadsheets");
        command.Subcommands.Add(Export(session));
        command.Subcommands.Add(Import(session));
        command.Subcommands.Add(Liaison(session));
        return command;
    }

    private static Command Export(Session session)
    {
        var command = session.Command("export", "导出名录：.xlsx 全部，.csv 其中一类", "Writes the directory: .xlsx holds all of it, .csv one kind");
        var file = FileArgument(session, command);
        var kind = session.Option<string?>("--kind", "写成 .csv 的一类", "The kind that a .csv holds", value: string.Join('|', EntryKind.All.Select(one => one.Id)));
        command.Options.Add(kind);
        Run(session, command, async (data, parsed, stop) =>
        {
            var path = parsed.GetValue(file)!;
            EntryKind? chosen = null;
            if (DirectoryFile.IsText(path) && !DirectoryFile.KindOf(parsed.GetValue(kind)).Ok(out chosen, out var refusal)) return session.Refuse(refusal);
            var book = await new DirectoryShelf(data.Store).LoadAsync(stop);
            using var written = ReplacedFile.Create(path);
            if (chosen is not null) DirectoryFile.WriteText(written.Stream, book, chosen, session.Language);
            else DirectoryFile.WriteWorkbook(written.Stream, book, session.Language, session.Terminal.Clock.GetUtcNow());
            written.Place();
            var counts = string.Join(session.Say("，", ", "), EntryKind.All.Where(one => chosen is null || one == chosen).Select(one => $"{one.Name.In(session.Language)} {book.Of(one).Count()}"));
            session.Terminal.Out.WriteLine(session.Say($"已写出名录第 {book.Version} 版：{counts}。", $"Wrote version {book.Version} of the directory: {counts}."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Import(Session session)
    {
        var command = session.Command("import", "导入名录：先列出变动，再全部导入或一项也不导入", "Takes a file in: lists what it changes, then applies all of it or nothing");
        var file = FileArgument(session, command);
        var preview = session.Option<bool>("--preview", "只列出变动，不导入", "Only list the changes; apply nothing");
        var reason = session.Option<string?>("--reason", "变动的原因或依据（导入时必填）", "Why, or on which paper (needed to import)", value: "TEXT");
        command.Options.Add(preview);
        command.Options.Add(reason);
        Run(session, command, async (data, parsed, stop) =>
        {
            var path = parsed.GetValue(file)!;
            if (!ReadDirectoryFile.Run(path, Path.GetFileName(path)).Ok(out var rows, out var refusal)) return session.Refuse(refusal);
            var change = new ChangeDirectory(data.Ledger, new DirectoryShelf(data.Store), session.Terminal.Clock);
            var seen = await change.PreviewAsync(rows, stop);
            Tell(session, seen);
            if (seen.Refused.Count > 0) return session.Refuse(DirectoryRefusals.Refused(seen.Refused.Count));
            if (parsed.GetValue(preview)) return ExitCodes.Done;
            if (!(await change.ApplyAsync(rows, seen.Version, OpenedData.Actor, parsed.GetValue(reason) ?? "", stop)).Ok(out _, out refusal)) return session.Refuse(refusal);
            session.Terminal.Out.WriteLine(session.Say($"已导入，名录现为第 {seen.Version + 1} 版。", $"Applied; the directory is at version {seen.Version + 1} now."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Liaison(Session session)
    {
        var command = session.Command("liaison", "查一个机构当日由谁负责联络，并说明理由", "Says who answers for an office on a day, and why");
        var office = session.Argument<string>("OFFICE", "12 位机构代码", "Organ code of 12 digits");
        command.Arguments.Add(office);
        var day = session.Option<string?>("--on", "日期（默认今天）", "The day (default: today)", value: "YYYY-MM-DD");
        command.Options.Add(day);
        Run(session, command, async (data, parsed, stop) =>
        {
            var on = ChinaTime.DayOf(session.Terminal.Clock.GetUtcNow());
            if (parsed.GetValue(day) is { } given && !DateOnly.TryParse(EntryForm.Day.Read(given) ?? "", System.Globalization.CultureInfo.InvariantCulture, out on)) return session.Refuse(NotADay);
            var code = parsed.GetValue(office)!;
            var book = await new DirectoryShelf(data.Store).LoadAsync(stop);
            if (!book.Offices.ContainsKey(code)) return session.Refuse(DirectoryRefusals.NoSuch(EntryKind.Office, code));
            var answer = LiaisonLookup.Answer(book, code, on);
            foreach (var step in answer.Steps) session.Terminal.Out.WriteLine(step.Words.In(session.Language));
            session.Terminal.Out.WriteLine(answer.Officer is { } officer ? $"{officer.Id}  {officer.Name.In(session.Language)}" : session.Say("当日无人负责：请补登联络员。", "Nobody answers on that day: name a liaison."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static readonly Refusal NotADay = new("directory.on", "--on 应为 YYYY-MM-DD 形式的日期。", "--on must be a day in the form YYYY-MM-DD.");

    private static void Tell(Session session, ChangePreview preview)
    {
        var (output, left) = (session.Terminal.Out, MostShown);
        foreach (var line in preview.Lines)
        {
            if (left-- == 0) break;
            var word = line.Kind switch
            {
                ChangeKind.Added => session.Say("新增", "add   "),
                ChangeKind.Ended => session.Say("停用", "end   "),
                _ => session.Say("变更", "change"),
            };
            var fields = string.Join(session.Say("；", "; "), line.Fields.Select(field => $"{field.Column.Name.In(session.Language)}: {field.Column.Form.Show(field.From, session.Language)} → {field.Column.Form.Show(field.To, session.Language)}"));
            output.WriteLine($"{word}  {line.After.Kind.Name.In(session.Language)} {line.After.Key}  {fields}".TrimEnd());
        }

        foreach (var row in preview.Refused.Take(MostShown))
        {
            output.WriteLine(session.Say($"拒绝  “{row.Row.Sheet}”第 {row.Row.Line} 行：{row.Refusal.Chinese}", $"refuse  \"{row.Row.Sheet}\", line {row.Row.Line}: {row.Refusal.English}"));
        }

        output.WriteLine(session.Say(
            $"新增 {preview.Added}，变更 {preview.Changed}，停用 {preview.Ended}，未变 {preview.Unchanged}，拒绝 {preview.Refused.Count}。",
            $"{preview.Added} added, {preview.Changed} changed, {preview.Ended} ended, {preview.Unchanged} as they were, {preview.Refused.Count} refused."));
    }

    private static Argument<string> FileArgument(Session session, Command command)
    {
        var file = session.Argument<string>("FILE", "文件：.xlsx 或 .csv", "The file: .xlsx or .csv");
        command.Arguments.Add(file);
        return file;
    }

    private static void Run(Session session, Command command, Func<OpenedData, ParseResult, CancellationToken, Task<int>> work)
    {
        var data = new DataArguments(session, command);
        command.SetAction(async (parsed, stop) =>
        {
            if (!data.Options(parsed).Ok(out var options, out var refusal)) return session.Refuse(refusal);
            if (!(await OpenedData.OpenAsync(options, data.Folder(parsed), session.Terminal.Clock, stop)).Ok(out var opened, out refusal)) return session.Refuse(refusal);
            await using (opened) return await work(opened, parsed, stop);
        });
    }
}
