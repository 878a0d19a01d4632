using System.Text;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public sealed class OtherEncodingTests : IDisposable
{
    private const string Header = "id_number,name,sex,birth_date,ethnicity,division,status,household_number,relation_to_head,former_names,superseded_by\n";
    private const string Wei = "11010519491231002X";

    private static readonly DateTimeOffset AsOf = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    // What comes before is looked at as a whole before anything is built.
    private static readonly string Padding = new('\n', 1 << 20);

    private readonly TempFolder _folder = new();

    [Fact]
    public void A_file_in_GB18030_is_refused_with_the_line_where_it_shows()
    {
        Write($"{Header}{Wei},,1,,,,active,,,,\n{Wei},~,1,,,,active,,,,\n");
        var refused = Assert.Throws<RegisterException>(() => Build());
        Assert.Equal(("input_encoding", $"{_folder.File("people.csv")}:3"), (refused.Code, refused.Detail));
        Assert.False(File.Exists(_folder.File("people.lzr")));
    }

    [Fact]
    public void So_is_one_in_UTF16_and_one_whose_last_character_is_cut_in_two()
    {
        File.WriteAllText(_folder.File("people.csv"), Header + $"{Wei},王伟,1,,,,active,,,,\n", Encoding.Unicode);
        Assert.Equal("input_encoding", Assert.Throws<RegisterException>(() => Build()).Code);
        File.WriteAllBytes(_folder.File("people.csv"), [.. Encoding.UTF8.GetBytes($"{Header}{Wei},王伟")[..^1]]);
        Assert.Equal("input_encoding", Assert.Throws<RegisterException>(() => Build()).Code);
    }

    [Theory, InlineData("", 1), InlineData("\"", 1), InlineData("", 3)]
    public void A_later_row_that_is_not_UTF8_is_rejected_and_the_others_are_taken(string quote, int threads)
    {
        string[] bad =
        [
            $"{Wei},{quote}~{quote},1,,,,active,,,,", $"{Wei},王伟,~,,,,active,,,{quote}{quote},", $"{Wei},王伟,1,~,,,active,,,{quote}{quote},", $"{Wei},王伟,1,,,~,active,,,{quote}{quote},",
            $"{Wei},王伟,1,,,,~,,,{quote}{quote},", $"{Wei},王伟,1,,,,active,~,,{quote}{quote},", $"{Wei},王伟,1,,,,active,,,{quote}~{quote},", $"{Wei},王伟,1,,,,active,,,{quote}{quote},~", $"{Wei}~,王伟,1,,,,active,,,{quote}{quote},",
        ];
        var people = new GeneratedPeople(16, 600);
        people.WriteCsv(_folder.File("good.csv"));
        var good = File.ReadAllLines(_folder.File("good.csv"))[1..];
        Write(Header + Padding + string.Concat(good[..300].Concat(bad).Concat(good[300..]).Select(line => line + "\n")));

        var report = Build(threads);

        Assert.Equal((good.Length, bad.Length), (report.Records, report.Rejected));
        var rejects = File.ReadAllLines(_folder.File("people.lzr.rejects.csv"))[1..];
        Assert.Equal(Enumerable.Range(2 + Padding.Length + 300, bad.Length).Select(line => $"{line},not_utf8"), rejects.Select(line => string.Join(',', line.Split(',')[..2])));
        using var register = Register.Open(_folder.File("people.lzr"), TestSchemas.Find);
        using var exported = new MemoryStream();
        RegisterExport.Write(register, exported, CancellationToken.None);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(exported.ToArray()));
    }

    [Fact]
    public void Rows_that_are_not_UTF8_count_among_those_that_refuse_the_input()
    {
        Write(Header + Padding + string.Concat(Enumerable.Repeat($"{Wei},王伟,1,,,,active,,,,\n", 90)) + string.Concat(Enumerable.Repeat($"{Wei},~,1,,,,active,,,,\n", 5)));
        Assert.Equal("input_rejected", Assert.Throws<RegisterException>(() => Build()).Code);
    }

    [Fact]
    public void A_replacement_character_that_stands_in_the_file_is_a_character()
    {
        Write($"{Header}{Wei},王\uFFFD,1,,,,active,,,,\n");
        Assert.Equal((1, 0), (Build().Records, Build().Rejected));
    }

    [Fact]
    public void Changes_in_another_encoding_are_refused_and_a_later_line_is_rejected_with_its_cause()
    {
        Write($"{Header}{Wei},王伟,1,,,,active,,,,\n");
        Build();
        Assert.Equal("input_encoding", Assert.Throws<RegisterException>(() => Apply($"change,id_number,name\nupsert,{Wei},~\n")).Code);
        Assert.Equal("not_utf8", Assert.Single(Apply($"change,id_number,name\n{Padding}upsert,{Wei},~\n").Rejected).Code);
        Assert.False(File.Exists(_folder.File("people.lzr.overlay")));
    }

    [Fact]
    public void A_column_that_stands_twice_is_said_to_stand_twice()
    {
        Write("id_number,name,status,name\n");
        var refused = Assert.Throws<RegisterException>(() => Build());
        Assert.Equal(("input_columns", "twice", "name"), (refused.Code, refused.Cause, refused.Detail));
        Write($"{Header}{Wei},王伟,1,,,,active,,,,\n");
        Build();
        Assert.Equal("twice", Assert.Throws<RegisterException>(() => Apply($"change,id_number,name,name\nupsert,{Wei},王伟,李华\n")).Cause);
    }

    public void Dispose() => _folder.Dispose();

    // Every ~ is 王伟 in GB18030, which no UTF-8 can be.
    private static byte[] Bytes(string text) => [.. Encoding.UTF8.GetBytes(text).SelectMany(b => b == '~' ? (byte[])[0xCD, 0xF5, 0xCE, 0xB0] : [b])];

    private void Write(string text) => File.WriteAllBytes(_folder.File("people.csv"), Bytes(text));

    private BuildReport Build(int threads = 0) =>
        SnapshotBuilder.Build(new BuildRequest(TestSchemas.Person, _folder.File("people.csv"), _folder.File("people.lzr"), AsOf, Threads: threads), null, CancellationToken.None);

    private ApplyReport Apply(string text)
    {
        File.WriteAllBytes(_folder.File("changes.csv"), Bytes(text));
        return RegisterChanges.Apply(_folder.File("people.lzr"), _folder.File("changes.csv"), TestSchemas.Find, CancellationToken.None);
    }
}
