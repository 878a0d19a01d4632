using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Platform.Clocks.Keeping;

/// <summary>What a clock is about, as far as it changes with an entry of the clock: both become durable together, or neither.</summary>
/// <param name="Detail">Stands in the ledger entry as <c>matter</c>; names no person.</param>
/// <param name="Statements">Run with the entry; one that touches no row refuses it.</param>
internal sealed record ClockMatter(object Detail, params IReadOnlyList<Statement> Statements);
