using System.Numerics;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Exchange.Wording;

/// <summary>Puts an answer into words: what was found first, then what the reader should know beside it.</summary>
internal sealed class AnswerPhrases : IAnswerPhrases
{
    private readonly RegisterSchema _schema;
    private readonly AnswerTexts _texts;
    private readonly string[] _labels;
    private readonly bool _ofPersons;

    public AnswerPhrases(RegisterSchema schema, string language)
    {
        _schema = schema;
        _texts = AnswerTexts.In(language);
        _labels = [.. schema.Fields.Select(field => field.Headers.FirstOrDefault(_texts.IsLabel) ?? field.Name)];
        _ofPersons = schema.Keys is [{ Kind: "citizen_number" }, ..];
        var (verdict, code, fields, notes, explanation) = _texts.Headings;
        Headings = new AnswerWords(verdict, code, fields, notes, explanation);
    }

    public AnswerWords Headings { get; }

    public AnswerWords Describe(AnswerCore answer, DuplicateOf? duplicateOf)
    {
        var code = answer.Verdict.Code();
        var notes = answer.NoteColumn(_schema);
        if (duplicateOf is { } earlier) notes = notes.Append($"duplicate_of_row_{earlier.Row}");
        var sentences = Findings(answer);
        sentences.AddRange(answer.Notes.Codes().Select(note => _texts.Notes[note]));
        // Each with its own cause: a cell that could not be read can be mended, what was left out cannot.
        if ((answer.NotCompared & ~answer.LeftOut) is not 0 and var unread) sentences.Add(_texts.NotCompared(Labels(unread)));
        if (answer.LeftOut != 0) sentences.Add(_texts.LeftOut(Labels(answer.LeftOut)));
        if (duplicateOf is { } first) sentences.Add(_texts.RepeatsRow(first.Row, first.Sheet, first.Line));
        return new AnswerWords(_texts.Verdicts[code], code, string.Join(';', answer.DifferingFields(_schema)), string.Join(';', notes), Joined(sentences));
    }

    private List<string> Findings(AnswerCore answer) => answer.Verdict switch
    {
        Verdict.Consistent => [_texts.Consistent],
        Verdict.Inconsistent => [_texts.Inconsistent(Labels(answer.Differing), _ofPersons)],
        Verdict.NotInRegister => [_texts.NotInRegister(_ofPersons)],
        Verdict.CannotDecide or Verdict.Invalid => [.. answer.Reasons.Codes().Select(reason => _texts.Reasons[reason])],
        _ => throw new InvalidOperationException($"There are no words for verdict {answer.Verdict}."),
    };

    private List<string> Labels(uint bits)
    {
        var labels = new List<string>();
        for (; bits != 0; bits &= bits - 1) labels.Add(_labels[BitOperations.TrailingZeroCount(bits)]);
        return labels;
    }

    // One sentence: what was found, its remedy, and behind semicolons what else the reader should know.
    private string Joined(List<string> clauses) =>
        _texts.Stop == "." ? string.Join("; ", clauses.Select((clause, i) => i == 0 ? clause : char.ToLowerInvariant(clause[0]) + clause[1..])) + "." : string.Join('；', clauses) + _texts.Stop;
}
