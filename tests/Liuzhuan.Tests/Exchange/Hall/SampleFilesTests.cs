using System.Net;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Registers;

namespace Liuzhuan.Tests.Exchange.Hall;

/// <summary>The page with the engine behind it, on files as agencies send them.</summary>
public sealed class SampleFilesTests
{
    [Theory]
    [InlineData("court.xls", "court-核验结果.xlsx")]
    [InlineData("employer_gb18030.csv", "employer_gb18030-核验结果.csv")]
    [InlineData("full_columns.csv", "full_columns-核验结果.csv")]
    [InlineData("school.xlsx", "school-核验结果.xlsx")]
    [InlineData("two_sheets.xlsx", "two_sheets-核验结果.xlsx")]
    [InlineData("unicode_text.csv", "unicode_text-核验结果.csv")]
    public async Task Every_sample_gets_the_verdicts_it_must_get(string file, string result)
    {
        await using var app = await TestApp.StartWithSampleRegisterAsync();
        using var client = new HallClient(app);

        var job = await DropAsync(client, file);
        var page = await client.EndedAsync(job);

        var expected = AnswerCodes.Verdicts.ToDictionary(code => code, code => Expected(file).Count(verdict => verdict == code));
        Assert.Equal(expected, page.QuerySelectorAll("tr[data-verdict]").ToDictionary(row => row.GetAttribute("data-verdict")!, row => int.Parse(row.QuerySelector(".number")!.TextContent)));
        using var download = await client.Http.GetAsync(job + "/result");
        Assert.Equal(HttpStatusCode.OK, download.StatusCode);
        Assert.Equal(result, download.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task A_spreadsheet_that_is_none_is_refused_with_a_sentence()
    {
        await using var app = await TestApp.StartWithSampleRegisterAsync();
        using var client = new HallClient(app);
        using var posted = await client.PostAsync(await client.TokenAsync(), "照片.xlsx", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4]);

        var page = await client.EndedAsync(posted.Headers.Location!.OriginalString);

        Assert.Equal("这份文件没法核验", page.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain(app.Folder, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Contains("图片", page.QuerySelector(".problem .lead")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_server_uses_changes_within_two_seconds()
    {
        await using var app = await TestApp.StartWithSampleRegisterAsync();
        using var client = new HallClient(app);
        var before = await client.Http.GetStringAsync("/ready");
        var changes = Path.Combine(app.Folder, "changes.csv");
        await File.WriteAllTextAsync(changes, "change,id_number,name,sex,birth_date,ethnicity,division,status,household_number,relation_to_head,former_names,superseded_by\nupsert,220302198607029966,胡芳娟娟,2,1986-07-02,01,220302,active,1,01,,\n");

        RegisterChanges.Apply(Path.Combine(app.Folder, "people.lzr"), changes, SchemaCatalogue.Find, CancellationToken.None);

        // Two seconds by contract; a machine under load gets more before the test gives up.
        var after = before;
        for (var tries = 0; tries < 100 && after == before; tries++)
        {
            await Task.Delay(100);
            after = await client.Http.GetStringAsync("/ready");
        }

        Assert.NotEqual(before, after);
    }

    private static List<string> Expected(string file) =>
        [.. File.ReadLines(TestApp.Sample("expected.csv")).Select(line => line.Split(',')).Where(cells => cells[0] == file).Select(cells => cells[2])];

    private static async Task<string> DropAsync(HallClient client, string file)
    {
        using var answer = await client.PostAsync(await client.TokenAsync(), file, await File.ReadAllBytesAsync(TestApp.Sample($"requests/{file}")));
        return answer.Headers.Location!.OriginalString;
    }
}
