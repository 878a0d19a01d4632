using Liuzhuan.Matching;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Workbench;

/// <summary>The answer that a window officer reads.</summary>
/// <param name="Compared">The fields that the verdict rests on.</param>
/// <param name="AsOf">The instant at which the data was true.</param>
/// <param name="Position">Of its entry in the ledger, which is written before this is shown.</param>
/// <param name="IsRepeat">The form was sent a second time: this is what it was answered at <paramref name="At"/>, and nobody was looked up again.</param>
internal sealed record PersonVerdict(FactType Fact, AnswerCore Core, IReadOnlyList<string> Compared, DateTimeOffset AsOf, DeskTerms Terms, string Ledger, long Position, DateTimeOffset At, bool IsRepeat);
