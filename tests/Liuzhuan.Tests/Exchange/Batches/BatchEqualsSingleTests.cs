using System.Text;
using Liuzhuan.Agreements.Contract;
using Liuzhuan.Commands.DemoData;
using Liuzhuan.Exchange.Questions;
using Liuzhuan.Matching;

namespace Liuzhuan.Tests.Exchange.Batches;

public class BatchEqualsSingleTests
{
    private const int Rows = 4000;

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Each_row_of_a_batch_is_answered_as_a_single_question_on_the_same_access(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        await ground.GrantAsync(BatchGround.School, "residence", "name", answerSuperseded: false);
        foreach (var (client, fact) in new[] { (BatchGround.School, "identity"), (BatchGround.Court, "identity"), (BatchGround.School, "residence") })
        {
            var rows = BatchGround.Rows(Rows, seed: fact.Length + client.Length).ToList();
            var file = new StringBuilder("name,id_number,sex,division\n");
            foreach (var row in rows) file.Append($"{Quoted(row.Name)},{Quoted(row.Number)},{row.Sex},{row.Division}\n");
            var known = (await ground.Host.Get<AccessList>().FindAsync(client, default))!;
            var asks = fact == "identity" ? new[] { "sex" } : [];
            await AssertSameAsync(ground, client, fact, file.ToString(), [.. rows.Select(row => Ask(ground, known, fact, row.Number, row.Name, asks.ToDictionary(name => name, _ => row.Sex)))]);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Pairs_too(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        await ground.GrantAsync(BatchGround.School, "kinship", "relation");
        var known = (await ground.Host.Get<AccessList>().FindAsync(BatchGround.School, default))!;
        var file = new StringBuilder("person_number,relative_number,relation\n");
        var singles = new List<string>();
        for (var i = 0; i < 1500; i++)
        {
            var random = SplitMix.For(5, 78, i);
            var row = DemoDefects.With(random.Below(DemoDefects.Kinds), BatchGround.Made[i], ref random);
            var (relative, relation) = (BatchGround.Made[i + (random.Below(4) == 0 ? 3 : 1)].Number, random.Below(2) == 0 ? "配偶" : "子");
            file.Append($"{Quoted(row.Number)},{relative},{relation}\n");
            singles.Add(Ask(ground, known, "kinship", row.Number, null, new() { ["relative_number"] = relative, ["relation"] = relation }));
        }

        await AssertSameAsync(ground, BatchGround.School, "kinship", file.ToString(), singles);
    }

    private static async Task AssertSameAsync(BatchGround ground, string client, string fact, string file, List<string> singles)
    {
        var id = await ground.Host.SendAsync(Encoding.UTF8.GetBytes(file), client: client, fact: fact, more: ",\"language\":\"en\"");
        Assert.True(await ground.Host.Worker.RunOnceAsync(default));
        var result = (await ground.Host.CallAsync("GET", $"/api/batches/{id}/result", client: client)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.Equal(singles.Count, result.Length);
        Assert.True(singles.Distinct().Count() > 8, "Too few different answers to show anything.");
        for (var i = 0; i < singles.Count; i++) Assert.Equal($"{i}: {singles[i]}", $"{i}: {Core(result[i])}");
    }

    private static string Ask(BatchGround ground, KnownClient client, string fact, string number, string? name, Dictionary<string, string> values)
    {
        var body = new QuestionBody { Purpose = BatchGround.Purpose, Person = new() { Number = number, Name = name }, Facts = [new() { Fact = fact, Values = values }] };
        Assert.True(ground.Host.Get<QuestionDesk>().Answer(client, body).Ok(out var answers, out var refusal), refusal?.English);
        var (core, schema) = (answers[0].Core, answers[0].Fact.Schema);
        return $"{core.Verdict.Code()}|{string.Join(';', core.DifferingFields(schema))}|{string.Join(';', core.NoteColumn(schema))}";
    }

    // The five result cells stand at the end; a repeated person is noted in the batch only.
    private static string Core(string line)
    {
        var cells = line.TrimEnd('\r').Split(',');
        var end = cells.Length - (line.EndsWith('"') ? cells.Length - Array.FindLastIndex(cells, cell => cell.StartsWith('"')) : 1);
        var notes = cells[end - 1].Split(';').Where(note => !note.StartsWith("duplicate_of_row", StringComparison.Ordinal));
        return $"{cells[end - 3]}|{cells[end - 2]}|{string.Join(';', notes)}";
    }

    private static string Quoted(string cell) => cell.Contains(',', StringComparison.Ordinal) ? $"\"{cell}\"" : cell;
}
