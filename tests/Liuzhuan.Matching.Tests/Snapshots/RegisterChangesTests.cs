using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public class RegisterChangesTests
{
    private const string Wei = "11010519491231002X", Hua = "220104198001010015", Free = "220702199912310021";

    private const string People = $"""
        id_number,name,sex,birth_date,ethnicity,division,status,household_number,relation_to_head,former_names,superseded_by
        {Wei},王伟,1,1949-12-31,01,110105,active,2200000001,01,,
        {Hua},李华,2,1980-01-01,01,220104,active,2200000002,01,,
        {Hua},罗娜,2,1980-01-01,01,220104,active,2200000003,01,,
        """;

    [Fact]
    public void Changes_are_in_force_at_once_and_survive_reopening()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("people.csv"), People);
        using var register = MatcherTests.Build(folder);
        Assert.Equal("consistent||", Ask(register, Wei, "王伟"));
        var report = Apply(folder, $"cancel,{Wei},,\nupsert,{Free},新人,\nupsert,{Hua},罗娜,\ncancel,{Hua},罗娜,\n");
        Assert.Equal(4, report.Applied);
        Assert.Equal("consistent||", Ask(register, Wei, "王伟"));
        Assert.True(register.Refresh());
        Assert.False(register.Refresh());
        using var again = Register.Open(folder.File("people.lzr"), TestSchemas.Find);
        foreach (var open in new[] { register, again })
        {
            Assert.Equal("consistent||cancelled", Ask(open, Wei, "王伟"));
            Assert.Equal("consistent||", Ask(open, Free, "新人"));
            Assert.Equal("cannot_decide||duplicate_number", Ask(open, Hua, "罗娜"));
        }

        Assert.Equal(register.Digest, again.Digest);
    }

    [Fact]
    public void A_replaced_number_moves_the_person_and_still_answers()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("people.csv"), People);
        using var register = MatcherTests.Build(folder);
        Apply(folder, $"replace,{Wei},,{Free}\n");
        register.Refresh();
        Assert.Equal("consistent||superseded_number", Ask(register, Wei, "王伟"));
        Assert.Equal("consistent||", Ask(register, Free, "王伟"));
        Apply(folder, $"upsert,{Free},王玮,\n");
        register.Refresh();
        Assert.Equal("inconsistent|name|superseded_number", Ask(register, Wei, "王伟"));
    }

    [Fact]
    public void A_change_that_names_nobody_or_two_people_is_rejected_and_listed()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("people.csv"), People);
        using var register = MatcherTests.Build(folder);
        var report = Apply(folder, $"cancel,{Free},,\ncancel,{Hua},,\ncancel,{Hua},别人,\nerase,{Wei},,\nupsert,123,短,\nreplace,{Wei},,\nreplace,{Wei},,{Wei}\nupsert,{Free},,\n");
        Assert.Equal(0, report.Applied);
        Assert.Equal(
            [(2, "record_missing"), (3, "record_ambiguous"), (4, "record_ambiguous"), (5, "change_unknown"), (6, "number_length"), (7, "successor_missing"), (8, "successor_same"), (9, "name_missing")],
            report.Rejected.Select(rejected => ((int)rejected.Line, rejected.Code)));
        Assert.False(File.Exists(folder.File("people.lzr.overlay")));
    }

    [Fact]
    public void Merging_changes_no_answer_and_a_leftover_overlay_is_known_as_merged()
    {
        using var folder = new TempFolder();
        var people = new GeneratedPeople(21, 800);
        using var register = MatcherTests.Build(people, folder);
        var changes = people.Rows.Where((_, i) => i % 7 == 0).Select(row => $"{(row[0][17] % 2 == 0 ? "cancel" : "upsert")},{row[0]},{row[1]},");
        var report = Apply(folder, string.Join('\n', changes) + "\n");
        Assert.True(report.Applied > 20);
        register.Refresh();
        string[][] questions = [.. Enumerable.Range(0, 3000).Select(_ => people.Question())];
        var plan = new QuestionPlan(TestSchemas.Person, [0], [1, 2, 3, 4, 5, -1, -1, -1, -1, -1]);
        var before = MatcherTests.Batch(register, plan, questions, CellCoding.Utf8, out _);
        var overlay = File.ReadAllBytes(folder.File("people.lzr.overlay"));

        var merged = RegisterChanges.Merge(folder.File("people.lzr"), TestSchemas.Find, null, CancellationToken.None);
        Assert.Equal(0, merged.Rejected);
        Assert.False(File.Exists(folder.File("people.lzr.overlay")));
        using var after = Register.Open(folder.File("people.lzr"), TestSchemas.Find);
        Assert.Equal(before, MatcherTests.Batch(after, plan, questions, CellCoding.Utf8, out _));

        // A crash between the rename and the removal of the overlay leaves this.
        File.WriteAllBytes(folder.File("people.lzr.overlay"), overlay);
        using var leftover = Register.Open(folder.File("people.lzr"), TestSchemas.Find);
        Assert.Equal(after.Digest, leftover.Digest);
        Assert.Equal(before, MatcherTests.Batch(leftover, plan, questions, CellCoding.Utf8, out _));
    }

    [Fact]
    public void An_overlay_of_another_snapshot_is_refused()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("people.csv"), People);
        using var register = MatcherTests.Build(folder);
        Apply(folder, $"cancel,{Wei},,\n");
        var overlay = File.ReadAllBytes(folder.File("people.lzr.overlay"));
        File.AppendAllText(folder.File("people.csv"), $"\n{Free},新人,1,,,,active,,,,\n");
        using var rebuilt = MatcherTests.Build(folder);
        File.WriteAllBytes(folder.File("people.lzr.overlay"), overlay);
        Assert.Equal("register_overlay", Assert.Throws<RegisterException>(() => Register.Open(folder.File("people.lzr"), TestSchemas.Find)).Code);
    }

    [Fact]
    public void A_register_built_anew_replaces_the_changes_too_on_either_side_of_a_crash()
    {
        using var folder = new TempFolder();
        var (path, overlay) = (folder.File("people.lzr"), folder.File("people.lzr.overlay"));
        File.WriteAllText(folder.File("people.csv"), People);
        using var register = MatcherTests.Build(folder);
        Apply(folder, $"cancel,{Wei},,\n");
        var snapshot = File.ReadAllBytes(path);
        using var changed = Register.Open(path, TestSchemas.Find);
        File.AppendAllText(folder.File("people.csv"), $"\n{Free},新人,1,,,,active,,,,\n");
        var unmarked = File.ReadAllBytes(overlay);
        using var rebuilt = MatcherTests.Build(folder);
        Assert.Equal("consistent||", Ask(rebuilt, Wei, "王伟"));
        Assert.False(File.Exists(overlay));

        // Killed after the rename: the marked changes are still there and mean nothing any more.
        File.WriteAllBytes(overlay, unmarked);
        Assert.True(OverlayFile.Supersede(overlay, rebuilt.Digest));
        using (var after = Register.Open(path, TestSchemas.Find)) Assert.Equal(rebuilt.Digest, after.Digest);

        // Killed before the rename: the mark means nothing, and further changes take its place.
        File.WriteAllBytes(path, snapshot);
        using (var before = Register.Open(path, TestSchemas.Find)) Assert.Equal(changed.Digest, before.Digest);
        Apply(folder, $"upsert,{Free},新人,\n");
        using var further = Register.Open(path, TestSchemas.Find);
        Assert.Equal(("consistent||cancelled", "consistent||"), (Ask(further, Wei, "王伟"), Ask(further, Free, "新人")));
    }

    [Fact]
    public async Task A_register_opened_while_it_is_merged_has_all_changes()
    {
        const int Merges = 60;
        using var folder = new TempFolder();
        var path = folder.File("people.lzr");
        File.WriteAllText(folder.File("people.csv"), People);
        using var built = MatcherTests.Build(folder);
        var (applied, isOver) = (0, false);
        var reader = Task.Run(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                var known = Volatile.Read(ref applied);
                using var register = Register.Open(path, TestSchemas.Find);
                using var csv = new MemoryStream();
                RegisterExport.Write(register, csv, CancellationToken.None);
                var wei = System.Text.Encoding.UTF8.GetString(csv.ToArray()).Split('\n').First(line => line.StartsWith(Wei, StringComparison.Ordinal));
                if (known > 0) Assert.InRange(int.Parse(wei.Split(',')[7]), known, Merges);
            }
        });
        for (var i = 1; i <= Merges; i++)
        {
            File.WriteAllText(folder.File("changes.csv"), $"change,id_number,household_number\nupsert,{Wei},{i}\n");
            RegisterChanges.Apply(path, folder.File("changes.csv"), TestSchemas.Find, CancellationToken.None);
            Volatile.Write(ref applied, i);
            RegisterChanges.Merge(path, TestSchemas.Find, null, CancellationToken.None);
        }

        Volatile.Write(ref isOver, true);
        await reader;
    }

    [Fact]
    public void What_a_killed_writer_left_is_removed_by_the_next_one_but_not_what_is_in_use()
    {
        using var folder = new TempFolder();
        var path = folder.File("people.lzr");
        File.WriteAllText(folder.File("people.csv"), People);
        var (left, used) = ($"{path}.{new string('a', 32)}.tmp", $"{path}.{new string('b', 32)}.tmp");
        string[] others = [$"{path}.old.tmp", folder.File($"people.lzr2.{new string('a', 32)}.tmp"), folder.File("notes.tmp")];
        foreach (var file in (string[])[left, used, .. others]) File.WriteAllText(file, "unfinished");
        using (var held = new FileStream(used, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete))
        {
            using var register = MatcherTests.Build(folder);
            Assert.All((string[])[used, .. others], file => Assert.True(File.Exists(file), file));
            Assert.False(File.Exists(left));
        }

        using var again = MatcherTests.Build(folder);
        Assert.False(File.Exists(used));
    }

    [Fact]
    public void A_batch_that_runs_sees_one_instant_only()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("people.csv"), People);
        using var register = MatcherTests.Build(folder);
        using var pinned = register.Pin();
        Apply(folder, $"cancel,{Wei},,\n");
        register.Refresh();
        Assert.Equal("consistent||", Ask(pinned, Wei, "王伟"));
        Assert.Equal("consistent||cancelled", Ask(register, Wei, "王伟"));
    }

    private static ApplyReport Apply(TempFolder folder, string lines)
    {
        File.WriteAllText(folder.File("changes.csv"), "change,id_number,name,superseded_by\n" + lines);
        File.SetLastWriteTimeUtc(folder.File("changes.csv"), new DateTime(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc));
        return RegisterChanges.Apply(folder.File("people.lzr"), folder.File("changes.csv"), TestSchemas.Find, CancellationToken.None);
    }

    private static string Ask(Register register, string number, string name) =>
        ObviousMatcher.Line(new Matcher(register, new QuestionPlan(TestSchemas.Person, [0], [1, -1, -1, -1, -1, -1, -1, -1, -1, -1]), DisclosurePolicy.Full).Ask([number, name], out _), TestSchemas.Person);
}
