using Liuzhuan.Commands;

namespace Liuzhuan.Tests.Commands;

/// <summary>A fault of the program is told as ours, in one sentence; the details are for those who ask for them.</summary>
public sealed class FaultTests(Samples samples) : IClassFixture<Samples>
{
    private const string Debug = "LIUZHUAN_DEBUG", Secret = "the inner workings";

    [Theory]
    [InlineData("zh", "程序出错了，这是我们的问题，不是您的文件的问题（InvalidOperationException）。")]
    [InlineData("en", "Something went wrong on our side, not in your file (InvalidOperationException).")]
    public async Task A_fault_is_exit_code_1_and_one_sentence_that_says_it_is_ours(string language, string sentence)
    {
        var (code, error) = await FaultAsync(language);
        Assert.Equal(1, code);
        Assert.StartsWith(sentence, error, StringComparison.Ordinal);
        Assert.Contains(Debug + "=1", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_details_of_a_fault_are_told_on_request()
    {
        Environment.SetEnvironmentVariable(Debug, "1");
        try
        {
            var (code, error) = await FaultAsync("en");
            Assert.Equal(1, code);
            Assert.Contains($"{Secret}\n   at ", error, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Debug, null);
        }
    }

    // A terminal whose standard input cannot even be opened: nothing that the caller could mend.
    private async Task<(int Code, string Error)> FaultAsync(string language)
    {
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = TextWriter.Null,
            Error = error,
            OpenInput = () => throw new InvalidOperationException(Secret),
            OpenOutput = () => Stream.Null,
        };
        var code = await Task.Run(() => CommandLine.Run(["verify", "-", "--register", samples.RegisterPath, "--output", "-", "--lang", language], terminal));
        return (code, error.ToString());
    }
}
