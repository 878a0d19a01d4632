using System.Text;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests;

public class MatcherTests
{
    private static readonly DateTimeOffset AsOf = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly int[] AllColumns = [1, 2, 3, 4, 5, -1, -1, -1, -1, -1];

    public static TheoryData<int, int> Populations => new() { { 1, 12 }, { 2, 150 }, { 3, 3000 }, { 4, 1 } };

    [Theory, MemberData(nameof(Populations))]
    public void Single_batch_and_the_obvious_matcher_agree(int seed, int count)
    {
        using var folder = new TempFolder();
        var people = new GeneratedPeople(seed, count);
        using var register = Build(people, folder);
        var obvious = new ObviousMatcher(people.Rows, AsOf);
        var plan = new QuestionPlan(TestSchemas.Person, [0], AllColumns);
        var single = new Matcher(register, plan, DisclosurePolicy.Full);
        string[][] questions = [.. Enumerable.Range(0, 4000).Select(_ => people.Question())];
        foreach (var coding in new[] { CellCoding.Utf8, CellCoding.Gb18030 })
        {
            var batch = Batch(register, plan, questions, coding, out var keys);
            for (var i = 0; i < questions.Length; i++)
            {
                var asked = string.Join(',', questions[i]);
                var expected = obvious.Ask(questions[i]);
                Assert.True(expected == ObviousMatcher.Line(batch[i], TestSchemas.Person), $"{asked}: expected {expected}, batch ({coding}) {ObviousMatcher.Line(batch[i], TestSchemas.Person)}");
                Assert.Equal(batch[i], single.Ask(questions[i], out var key));
                Assert.Equal(keys[i], key);
            }
        }
    }

    [Fact]
    public void The_population_of_this_test_holds_every_verdict_and_note()
    {
        using var folder = new TempFolder();
        var people = new GeneratedPeople(3, 3000);
        var obvious = new ObviousMatcher(people.Rows, AsOf);
        var seen = Enumerable.Range(0, 6000).SelectMany(_ => obvious.Ask(people.Question()).Split('|', ';')).ToHashSet();
        var neverHere = new[] { "source_unavailable", "row_too_long", "beyond_jurisdiction" };
        Assert.Empty(AnswerCodes.Verdicts.Concat(AnswerCodes.Reasons).Concat(AnswerCodes.Notes).Except(neverHere).Except(seen));
    }

    [Fact]
    public void A_policy_may_hide_replaced_numbers_and_notes_and_fields()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("people.csv"), """
            id_number,name,sex,status,superseded_by
            11010519491231002X,王伟,1,deceased,
            220104198001010015,王伟,1,active,11010519491231002X
            """);
        using var register = Build(folder);
        var plan = new QuestionPlan(TestSchemas.Person, [0], [1, 2, -1, -1, -1, -1, -1, -1, -1, -1]);
        var narrow = new Matcher(register, plan, new DisclosurePolicy(Fields: 1, Notes.None, AnswerSuperseded: false));
        Assert.Equal(new AnswerCore(Verdict.NotInRegister), narrow.Ask(["220104198001010015", "王伟", "1"], out _));
        Assert.Equal(new AnswerCore(Verdict.Consistent), narrow.Ask(["11010519491231002X", "王伟", "2"], out _));
        var full = new Matcher(register, plan, DisclosurePolicy.Full);
        Assert.Equal(new AnswerCore(Verdict.Consistent, 0, Notes.Deceased | Notes.SupersededNumber), full.Ask(["220104198001010015", "王伟", "1"], out _));
        Assert.Equal(Verdict.Inconsistent, full.Ask(["11010519491231002X", "王伟", "2"], out _).Verdict);
    }

    /// <summary>a is replaced by b, b by c, c by d; which of them is changing.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    [InlineData("d")]
    public void A_replaced_number_cannot_be_decided_while_any_record_on_its_way_is_changing(string changing)
    {
        const string Columns = "id_number,name,status,superseded_by", A = "11010519491231002X", B = "220104198001010015";
        string c = NumberOf("22010419800101003"), d = NumberOf("22010419800101005");
        string[] people = [Person("a", A, B), Person("b", B, c), Person("c", c, d), Person("d", d, "")];
        var plan = new QuestionPlan(TestSchemas.Person, [0], [1, -1, -1, -1, -1, -1, -1, -1, -1, -1]);
        var expected = new AnswerCore(Verdict.CannotDecide, Reasons.ChangeInProgress, Notes.SupersededNumber);
        using var folder = new TempFolder();
        File.WriteAllLines(folder.File("people.csv"), [Columns, .. people]);
        using var register = Build(folder);
        AssertAnswers(register);

        // The same, when the record has begun to change since the register was built.
        File.WriteAllLines(folder.File("people.csv"), [Columns, .. people.Select(person => person.Replace("changing", "active", StringComparison.Ordinal))]);
        File.WriteAllLines(folder.File("changes.csv"), ["change," + Columns, .. people.Where(person => person.Contains("changing", StringComparison.Ordinal)).Select(person => "upsert," + person)]);
        using var changed = Build(folder);
        Assert.Equal(Verdict.Consistent, new Matcher(changed, plan, DisclosurePolicy.Full).Ask([A, "王伟"], out _).Verdict);
        Assert.Empty(RegisterChanges.Apply(folder.File("people.lzr"), folder.File("changes.csv"), TestSchemas.Find, CancellationToken.None).Rejected);
        Assert.True(changed.Refresh());
        AssertAnswers(changed);

        void AssertAnswers(Register asked)
        {
            Assert.Equal(expected, new Matcher(asked, plan, DisclosurePolicy.Full).Ask([A, "王伟"], out _));
            Assert.Equal(expected, Batch(asked, plan, [[A, "李华"]], CellCoding.Utf8, out _)[0]);
            var hidden = new Matcher(asked, plan, DisclosurePolicy.Full with { AnswerSuperseded = false });
            Assert.Equal(new AnswerCore(Verdict.NotInRegister), hidden.Ask([A, "王伟"], out _));
        }

        string Person(string which, string number, string successor) => $"{number},王伟,{(which == changing ? "changing" : "active")},{successor}";

        static string NumberOf(string seventeen) => seventeen + Values.SlowTruth.CheckDigit(seventeen);
    }

    [Theory]
    [InlineData("220104198001010000", Reasons.NumberCheckDigit)]
    [InlineData("２２０１０４ 19800101 0000", Reasons.NumberCheckDigit)]
    [InlineData("220104198013010000", Reasons.NumberDate)]
    [InlineData("990104198001010000", Reasons.NumberCheckDigit)]
    [InlineData("000104198001010000", Reasons.NumberDivision)]
    public void Digits_that_end_in_000_were_rounded_only_where_a_cell_is_not_known_to_hold_text(string number, Reasons asText)
    {
        using var folder = new TempFolder();
        using var register = Build(new GeneratedPeople(5, 20), folder);
        var plan = new QuestionPlan(TestSchemas.Person, [0], AllColumns);
        var policies = new[] { DisclosurePolicy.Full, DisclosurePolicy.Full with { Within = new Jurisdiction(4, "22", DisclosurePolicy.Full) } };
        foreach (var policy in policies)
        {
            Assert.Equal(Reasons.NumberDamagedBySpreadsheet, new Matcher(register, plan, policy).Ask([number, "王伟", "", "", "", ""], out _).Reasons);
            var typed = new Matcher(register, plan, policy, cellsAreTyped: true);
            Assert.Equal(asText, typed.Ask([number, "王伟", "", "", "", ""], out _).Reasons);
            Assert.Equal(Reasons.NumberDamagedBySpreadsheet, typed.Ask(["2.20104198001010E+17", "王伟", "", "", "", ""], out _).Reasons);
        }
    }

    [Fact]
    public void A_number_of_an_unknown_province_is_invalid_and_not_merely_unknown()
    {
        using var folder = new TempFolder();
        var people = new GeneratedPeople(5, 20);
        using var register = Build(people, folder);
        var matcher = new Matcher(register, new QuestionPlan(TestSchemas.Person, [0], AllColumns), DisclosurePolicy.Full);
        Assert.Equal(Reasons.NumberDivision, matcher.Ask(["000104198001010010", "王伟", "", "", "", ""], out _).Reasons & Reasons.NumberDivision);
    }

    [Fact]
    public void Pairs_of_numbers_and_credit_codes_are_keys_like_any_other()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("kin.csv"), """
            person_number,relative_number,relation,status
            11010519491231002X,220104198001010015,20,active
            220104198001010015,11010519491231002X,50,changing
            """);
        SnapshotBuilder.Build(new BuildRequest(TestSchemas.Kinship, folder.File("kin.csv"), folder.File("kin.lzr"), AsOf), null, CancellationToken.None);
        using var kin = Register.Open(folder.File("kin.lzr"), TestSchemas.Find);
        var asks = new Matcher(kin, new QuestionPlan(TestSchemas.Kinship, [0, 1], [2, -1]), DisclosurePolicy.Full);
        Assert.Equal(Verdict.Consistent, asks.Ask(["11010519491231002x", "220104800101001", "20"], out _).Verdict);
        Assert.Equal(Verdict.Inconsistent, asks.Ask(["11010519491231002X", "220104198001010015", "50"], out _).Verdict);
        Assert.Equal(Reasons.ChangeInProgress, asks.Ask(["220104198001010015", "11010519491231002X", "50"], out _).Reasons);
        Assert.Equal(Verdict.NotInRegister, asks.Ask(["220104198001010015", "220104198001010015", "50"], out _).Verdict);

        File.WriteAllText(folder.File("firms.csv"), """
            credit_code,company_name,legal_representative,division,status
            11100000000013338W,示范机关,王伟,110105,active
            11430000006122244L,示范单位（长沙）,,,active
            """);
        SnapshotBuilder.Build(new BuildRequest(TestSchemas.Enterprise, folder.File("firms.csv"), folder.File("firms.lzr"), AsOf), null, CancellationToken.None);
        using var firms = Register.Open(folder.File("firms.lzr"), TestSchemas.Find);
        var firm = new Matcher(firms, new QuestionPlan(TestSchemas.Enterprise, [0], [1, 2, 3, -1]), DisclosurePolicy.Full);
        Assert.Equal(Verdict.Consistent, firm.Ask(["1110 0000 0000 13338w", "示范机关", "王伟", ""], out _).Verdict);
        Assert.Equal(1u << 1, firm.Ask(["11100000000013338W", "示范机关", "李华", "北京市朝阳区"], out _).Differing);
        Assert.Equal(Reasons.IncompleteRecord, firm.Ask(["11430000006122244L", "示范单位(长沙)", "王伟", ""], out _).Reasons);
        Assert.Equal(Reasons.NumberCheckDigit, firm.Ask(["11430000006122244M", "示范单位", "", ""], out _).Reasons);
    }

    internal static Register Build(GeneratedPeople people, TempFolder folder)
    {
        people.WriteCsv(folder.File("people.csv"));
        return Build(folder);
    }

    internal static Register Build(TempFolder folder)
    {
        var report = SnapshotBuilder.Build(new BuildRequest(TestSchemas.Person, folder.File("people.csv"), folder.File("people.lzr"), AsOf), null, CancellationToken.None);
        Assert.Equal(0, report.Rejected);
        return Register.Open(folder.File("people.lzr"), TestSchemas.Find);
    }

    internal static AnswerCore[] Batch(Register register, QuestionPlan plan, string[][] questions, CellCoding coding, out ulong[] keys)
    {
        var encoding = coding == CellCoding.Utf8 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        var block = new List<byte>();
        var cells = new List<CellRange>();
        foreach (var text in questions.SelectMany(question => question))
        {
            var bytes = encoding.GetBytes(text);
            cells.Add(new CellRange(block.Count, bytes.Length));
            block.AddRange(bytes);
        }

        var answers = new AnswerCore[questions.Length];
        keys = new ulong[questions.Length];
        new RowKernel(register, plan, DisclosurePolicy.Full, coding).Decide(block.ToArray(), cells.ToArray(), answers, keys);
        return answers;
    }
}
