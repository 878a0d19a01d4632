using System.Text.Json;
using Liuzhuan.Commands;

namespace Liuzhuan.Tests.Commands;

/// <summary>A plain command line of <c>verify</c> is read without the command-line library: what is read so must be what the library reads.</summary>
public sealed class VerifyArgumentsTests
{
    private static readonly string[] Options =
    [
        "--register", "--output", "--report", "--only", "--column", "--encoding", "--delimiter", "--schema", "--layout", "--dry-run", "--quiet", "--max-age-days", "--threads", "--purpose", "--provision", "--ledger", "--lang",
    ];

    // Words that are something else to the library in one place or another.
    private static readonly string[] Words =
    [
        "people.lzr", "in.csv", "out.csv", "/h", "/?", "/h:x", "/h=x", "/hx", "/data/in.csv", "/d/x", "-", "--", "-h", "-?", "--help", "--version", "@file", "@", "[debug]", "[suggest:3]", "", " ", "\t", "a b", "\"a b\"", "名单.csv", "verify", "liuzhuan", "problems", "name=B",
        "true", "false", "True", "0", "1", "2", "30", "-1", "+3", " 4", "007", "1e3", "٣", "999999", "1000000", "99999999999", "--quiet=true", "--quiet:false", "--output=x.csv", "--output:x.csv", "--out", "-q", "--unknown", "zh", "en", "x=y", "x:y", "=", ":", "a\"b", "\\", "*", "a\nb",
    ];

    [Theory]
    [InlineData("in.csv --register people.lzr --output out.csv")]
    [InlineData("--register people.lzr --output out.csv in.csv")]
    [InlineData("in.csv --register people.lzr --output out.csv --quiet --report r.json --ledger data --purpose 发证 --provision 第三条 --lang en --threads 2 --max-age-days 7")]
    [InlineData("- --register people.lzr --output -")]
    [InlineData("in.csv --column name=B --register people.lzr --only problems p.csv --output out.csv --column id_number=C")]
    [InlineData("in.csv --register people.lzr --dry-run --encoding gb18030 --delimiter ; --schema own --layout codes")]
    public void What_is_written_out_in_the_plain_way_is_read_without_the_library(string line)
    {
        var words = line.Split(' ');

        Assert.NotNull(VerifyArguments.Plain(words, Session()));
        AssertSame(words);
    }

    [Theory]
    [InlineData("in.csv --register=people.lzr --output out.csv")]
    [InlineData("in.csv --register people.lzr --output out.csv --quiet false")]
    [InlineData("--quiet true --register people.lzr --output out.csv")]
    [InlineData("in.csv --register people.lzr --output out.csv --output other.csv")]
    [InlineData("in.csv --register people.lzr --output out.csv --only problems")]
    [InlineData("in.csv --register people.lzr --output out.csv --threads two")]
    [InlineData("in.csv other.csv --register people.lzr --output out.csv")]
    [InlineData("in.csv --output out.csv")]
    [InlineData("--register people.lzr --output out.csv")]
    [InlineData("in.csv --register people.lzr --output")]
    [InlineData("@words --register people.lzr --output out.csv")]
    [InlineData("/h --register people.lzr --output out.csv")]
    [InlineData("in.csv --register people.lzr --output out.csv --help")]
    public void Every_other_command_line_is_left_to_the_library(string line) => Assert.Null(VerifyArguments.Plain(line.Split(' '), Session()));

    [Fact]
    public void What_is_read_without_the_library_is_what_the_library_reads()
    {
        var (random, plain) = (new Random(20261124), 0);
        for (var round = 0; round < 20_000; round++)
        {
            var words = Line(random);
            if (AssertSame(words)) plain++;
        }

        // Enough of both kinds.
        Assert.InRange(plain, 2_000, 18_000);
    }

    // A right one, with none, one or two words changed, added or left out.
    private static string[] Line(Random random)
    {
        var parts = new List<string[]> { new[] { "in.csv" }, new[] { "--register", "people.lzr" }, new[] { "--output", "out.csv" } };
        for (var more = random.Next(4); more > 0; more--)
        {
            var option = Options[random.Next(Options.Length)];
            parts.Add(option is "--quiet" or "--dry-run" ? [option] : option == "--only" ? [option, "problems", "p.csv"] : option == "--column" ? [option, "name=B"] : [option, option is "--threads" or "--max-age-days" ? "5" : option == "--lang" ? "en" : "value"]);
        }

        var shuffled = parts.ToArray();
        random.Shuffle(shuffled);
        var words = shuffled.SelectMany(part => part).ToList();
        for (var change = random.Next(3); change > 0; change--)
        {
            var (at, word) = (random.Next(words.Count), random.Next(3) == 0 ? Options[random.Next(Options.Length)] : Words[random.Next(Words.Length)]);
            switch (random.Next(3))
            {
                case 0: words[at] = word; break;
                case 1: words.Insert(at, word); break;
                default: if (words.Count > 1) words.RemoveAt(at); break;
            }
        }

        return [.. words];
    }

    // True when it was read without the library.
    private static bool AssertSame(string[] words)
    {
        var session = Session();
        if (VerifyArguments.Plain(words, session) is not { } plain) return false;
        var root = CommandLine.Root(session, "verify");
        string[] line = ["verify", .. words];
        var parsed = root.Parse(line);
        var told = string.Join(' ', words.Select(word => $"<{word}>"));
        Assert.True(parsed.Errors.Count == 0 && parsed.UnmatchedTokens.Count == 0, $"{told}: {string.Join(" ", parsed.Errors.Select(error => error.Message))}");
        var verify = Assert.IsType<VerifyCommand>(parsed.CommandResult.Command);
        Assert.Same(verify.Action, parsed.Action);
        Assert.True(Json(verify.Said(parsed)) == Json(plain), $"{told}: {Json(verify.Said(parsed))} {Json(plain)}");
        return true;
    }

    private static string Json(VerifyArguments said) => JsonSerializer.Serialize(said);

    private static Session Session() => new(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null, OpenInput = () => Stream.Null, OpenOutput = () => Stream.Null }, "zh");
}
