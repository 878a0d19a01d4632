using System.Text;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Matching.Tests.Delimited;

namespace Liuzhuan.Matching.Tests;

public class TouchedNumbersTests
{
    private const string Old = "220104198001010015", Now = "11010519491231002X", Other = "220104199002020025";

    private static readonly DateTimeOffset AsOf = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly int[] NameOnly = [1, -1, -1, -1, -1, -1, -1, -1, -1, -1];

    [Fact]
    public void Every_usable_number_counts_whatever_the_verdict()
    {
        using var folder = new TempFolder();
        using var register = Replaced(folder);
        Assert.Equal([Now], Touched(register, DisclosurePolicy.Full, [Now, "王伟"]));
        Assert.Equal([Now], Touched(register, DisclosurePolicy.Full, [Now, "李华"]));
        Assert.Equal([Now], Touched(register, DisclosurePolicy.Full, [" 11010519491231002x ", "王伟"]));
        Assert.Equal([Now], Touched(register, DisclosurePolicy.Full, [Now, ""]));
        Assert.Equal([Other], Touched(register, DisclosurePolicy.Full, [Other, "王伟"]));
        Assert.Empty(Touched(register, DisclosurePolicy.Full, ["110105194912310021", "王伟"]));
        Assert.Empty(Touched(register, DisclosurePolicy.Full, ["", "王伟"]));
    }

    [Fact]
    public void Who_is_asked_by_a_replaced_number_counts_under_the_new_one_too()
    {
        using var folder = new TempFolder();
        using var register = Replaced(folder);
        Assert.Equal([Now, Old], Touched(register, DisclosurePolicy.Full, [Old, "王伟"]));
        Assert.Equal([Old], Touched(register, DisclosurePolicy.Full with { AnswerSuperseded = false }, [Old, "王伟"]));
        Assert.Equal([Now, Old], Touched(register, DisclosurePolicy.Full with { Notes = Notes.None }, [Old, "王伟"]));

        // The same from text, as it is decided once the record was changed.
        File.WriteAllText(folder.File("changes.csv"), $"change,id_number,name,superseded_by\nupsert,{Old},王伟,{Now}\n");
        Assert.Equal(1, RegisterChanges.Apply(folder.File("people.lzr"), folder.File("changes.csv"), TestSchemas.Find, CancellationToken.None).Applied);
        using var changed = Register.Open(folder.File("people.lzr"), TestSchemas.Find);
        Assert.Equal([Now, Old], Touched(changed, DisclosurePolicy.Full, [Old, "王伟"]));
    }

    [Fact]
    public void Both_of_a_pair_count_and_so_does_an_asked_owner()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("kin.csv"), $"person_number,relative_number,relation,status\n{Now},{Old},20,active\n");
        SnapshotBuilder.Build(new BuildRequest(TestSchemas.Kinship, folder.File("kin.csv"), folder.File("kin.lzr"), AsOf), null, CancellationToken.None);
        using var kin = Register.Open(folder.File("kin.lzr"), TestSchemas.Find);
        var pairs = new TouchedNumbers();
        new Matcher(kin, new QuestionPlan(TestSchemas.Kinship, [0, 1], [2, -1]), DisclosurePolicy.Full, pairs).Ask([Now, "220104800101001", "20"], out _);
        Assert.Equal([Now, Old], Texts(pairs));
        new Matcher(kin, new QuestionPlan(TestSchemas.Kinship, [0, 1], [2, -1]), DisclosurePolicy.Full, pairs).Ask(["12", Other, "20"], out _);
        Assert.Equal([Now, Old, Other], Texts(pairs));

        File.WriteAllText(folder.File("land.csv"), $"unit_number,owner_number,owner_name,division,status\n220104001001GB00001F00010001,{Old},王伟,220104,active\n");
        SnapshotBuilder.Build(new BuildRequest(TestSchemas.Property, folder.File("land.csv"), folder.File("land.lzr"), AsOf), null, CancellationToken.None);
        using var land = Register.Open(folder.File("land.lzr"), TestSchemas.Find);
        var owners = new TouchedNumbers();
        new Matcher(land, new QuestionPlan(TestSchemas.Property, [0], [1, 2, -1, -1]), DisclosurePolicy.Full, owners).Ask(["220104001001GB00001F00010001", Other, "王伟"], out _);
        Assert.Equal([Other], Texts(owners));
    }

    [Fact]
    public void Organisations_are_no_persons()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("firms.csv"), "credit_code,company_name,legal_representative,division,status\n11100000000013338W,示范机关,王伟,110105,active\n");
        SnapshotBuilder.Build(new BuildRequest(TestSchemas.Enterprise, folder.File("firms.csv"), folder.File("firms.lzr"), AsOf), null, CancellationToken.None);
        using var firms = Register.Open(folder.File("firms.lzr"), TestSchemas.Find);
        var touched = new TouchedNumbers();
        new Matcher(firms, new QuestionPlan(TestSchemas.Enterprise, [0], [1, 2, 3, -1]), DisclosurePolicy.Full, touched).Ask(["11100000000013338W", "示范机关", "王伟", ""], out _);
        Assert.Empty(touched.Numbers.ToArray());
    }

    [Theory]
    [InlineData(1, 40, 20_000)]
    [InlineData(2, 2000, 20_000)]
    [InlineData(3, 60_000, 90_000)]
    public void A_file_touches_whom_its_rows_touch_one_by_one(int seed, int count, int rows)
    {
        using var folder = new TempFolder();
        var people = new GeneratedPeople(seed, count);
        using var register = MatcherTests.Build(people, folder);
        var plan = new QuestionPlan(TestSchemas.Person, [0], NameOnly);
        var single = new TouchedNumbers();
        var matcher = new Matcher(register, plan, DisclosurePolicy.Full, single);
        var file = new StringBuilder("number,name\n");
        for (var i = 0; i < rows; i++)
        {
            var question = people.Question();
            matcher.Ask([question[0], question[1]], out _);
            file.Append($"{question[0]},{question[1]}\n");
        }

        using var batch = new TouchedNumbers();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(file.ToString()));
        DelimitedBatch.Run(
            new DelimitedJob
            {
                Input = input, Output = Stream.Null, Format = BatchRun.Csv, HeaderRecord = 0, HeaderWidth = 2, Plan = plan, Register = register,
                Policy = DisclosurePolicy.Full, Phrases = new ToyPhrases(), Threads = 2, Touched = batch,
            },
            CancellationToken.None);
        Assert.Equal(Texts(single), Texts(batch));
        Assert.NotEmpty(Texts(batch));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4_000)]
    public void Numbers_of_a_long_file_stay_where_they_were_put_down_with_others_behind_them(int others)
    {
        var random = new Random(others);
        using var touched = new TouchedNumbers();
        HashSet<ulong> expected = [];
        for (var i = 0; i < others; i++) touched.Add(Next());
        using var index = new DuplicateIndex();
        index.Reserve(SeenKeys.LeastRows);
        var keys = new ulong[SeenKeys.LeastRows];
        // A row without a usable number, and one that repeats another, leave a gap.
        for (var i = 0; i < keys.Length; i++) keys[i] = i % 97 == 5 ? 0 : i % 89 == 7 ? keys[i - 1] : Next();
        List<DuplicateIndex.Repeat> repeats = [];
        index.FirstRows(keys, 1, repeats);
        touched.Add(index);

        Assert.Equal(expected.Order(), touched.Numbers.ToArray().Order());
        // What comes later joins them.
        touched.Add(Next());
        Assert.Equal(expected.Order(), touched.Numbers.ToArray().Order());
        using var second = new DuplicateIndex();
        second.FirstRows([Next(), Next()], 1, repeats);
        touched.Add(second);
        Assert.Equal(expected.Order(), touched.Numbers.ToArray().Order());
        touched.Clear();
        Assert.Empty(touched.Numbers.ToArray());

        ulong Next()
        {
            var number = (ulong)random.NextInt64(1, long.MaxValue);
            expected.Add(number);
            return number;
        }
    }

    [Fact]
    public void Numbers_given_back_are_not_read_any_more()
    {
        var touched = new TouchedNumbers();
        using var index = new DuplicateIndex();
        index.Reserve(SeenKeys.LeastRows);
        List<DuplicateIndex.Repeat> repeats = [];
        index.FirstRows([11, 12, 13], 1, repeats);
        touched.Add(index);
        Assert.Throws<ObjectDisposedException>(() => index.FirstRow(14, 4));
        var numbers = touched.Numbers;
        touched.Dispose();
        Assert.Throws<ObjectDisposedException>(() => numbers.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => numbers.Pin());
        Assert.Empty(touched.Numbers.ToArray());

        touched.Add(15);
        var few = touched.Numbers;
        touched.Dispose();
        Assert.Empty(touched.Numbers.ToArray());
        Assert.Equal([0UL], few.ToArray());
    }

    private static Register Replaced(TempFolder folder)
    {
        File.WriteAllText(folder.File("people.csv"), $"id_number,name,sex,status,superseded_by\n{Now},王伟,1,active,\n{Old},王伟,1,active,{Now}\n");
        return MatcherTests.Build(folder);
    }

    private static string[] Touched(Register register, DisclosurePolicy policy, string[] question)
    {
        var touched = new TouchedNumbers();
        new Matcher(register, new QuestionPlan(TestSchemas.Person, [0], NameOnly), policy, touched).Ask(question, out _);
        return Texts(touched);
    }

    private static string[] Texts(TouchedNumbers touched) => [.. touched.Numbers.ToArray().Select(number => new CitizenNumber(number).ToString()).Distinct().Order(StringComparer.Ordinal)];
}
