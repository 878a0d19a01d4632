using System.Text;
using Liuzhuan.Matching.Delimited.Pipeline;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Tests.Delimited;

/// <summary>Answers that depend on nothing but the bytes of the cells, so that the pipeline can be tested without a register.</summary>
internal sealed class ToyDecider : IRowDecider
{
    public void Decide(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Span<AnswerCore> answers, Span<ulong> keys)
    {
        var slots = cells.Length / answers.Length;
        for (var row = 0; row < answers.Length; row++)
        {
            List<byte[]> texts = [];
            foreach (var cell in cells.Slice(row * slots, slots)) texts.Add(block.Slice(cell.Start, cell.Length).ToArray());
            (answers[row], keys[row]) = Decide(texts);
        }
    }

    public static (AnswerCore Answer, ulong Key) Decide(IReadOnlyList<byte[]> cells)
    {
        var hash = 14695981039346656037UL;
        foreach (var cell in cells)
        {
            foreach (var b in cell) hash = (hash ^ b) * 1099511628211;
            hash = (hash ^ 0x100) * 1099511628211;
        }

        if (cells[0].Length == 0) return (new AnswerCore(Verdict.Invalid, Reasons.NumberMissing), 0);
        var verdict = (Verdict)((hash >> 20) % 4);
        var answer = new AnswerCore(verdict, Reasons.None, (Notes)(hash >> 40 & 3), (uint)(hash >> 50 & 1), (uint)(hash >> 52 & 2));
        var key = 14695981039346656037UL;
        foreach (var b in cells[0]) key = (key ^ b) * 1099511628211;
        return (answer, key);
    }
}

/// <summary>Words that need every kind of quoting.</summary>
internal sealed class ToyPhrases : IAnswerPhrases
{
    public AnswerWords Headings => new("核验结论", "结论代码", "不一致项", "备注代码", "说明");

    public AnswerWords Describe(AnswerCore answer, DuplicateOf? duplicateOf)
    {
        var notes = string.Join(';', answer.NoteColumn(Toy.Schema).Concat(duplicateOf is { } d ? [$"duplicate_of_row_{d.Row}"] : []));
        return new AnswerWords("结论" + (int)answer.Verdict, answer.Verdict.Code(), string.Join(';', answer.DifferingFields(Toy.Schema)), notes, duplicateOf is { } first ? $"与第{first.Line}行，\"重复\", a|b" : "第一\t行");
    }
}

internal static class Toy
{
    public static readonly RegisterSchema Schema = new("toy", 1, [new SchemaKey("id_number", "citizen_number", [])],
    [
        new SchemaField("name", "name", FieldRole.None, true, true, null, []),
        new SchemaField("sex", "sex", FieldRole.None, false, true, null, []),
    ]);

    /// <summary>Number in column 1, name in column 2, sex in column 4.</summary>
    public static readonly QuestionPlan Plan = new(Schema, [1], [2, 4]);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
