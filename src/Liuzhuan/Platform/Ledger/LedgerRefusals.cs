using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Ledger;

/// <summary>What readers of the log are refused.</summary>
internal static class LedgerRefusals
{
    public static readonly Refusal Range = new("ledger.range",
        "位置和条数应是非负整数：position 小于 size，from 不大于 to，且都不超过账本现有的条数（见 /ledger/checkpoint）。",
        "Positions and sizes are whole numbers from 0: position below size, from not above to, and none beyond the entries the ledger has now (see /ledger/checkpoint).");
}
