using Liuzhuan.Platform.Health;

namespace Liuzhuan.Registers.Contract;

/// <summary>How the registers of a running service fare: whether changes to them can be picked up, and whether they are old.</summary>
internal static class RegisterHealth
{
    public static HealthFinding Look(RegisterShelf shelf, Duty watch, TimeSpan oldAfter, TimeProvider clock)
    {
        if (watch.IsFailing) return HealthFinding.Degraded("登记库的变更不能使用，仍用原来的数据答复：原因见服务日志，请重新生成或恢复登记库文件。", "Changes to a register cannot be used and answers come from the data as it was: the service's log has the cause. Rebuild or restore the register file.");
        return shelf.All.Any(register => clock.GetUtcNow() - register.AsOf > oldAfter)
            ? HealthFinding.Degraded("登记库的数据已经旧了：请用 register apply 或 register build 更新。", "The data of a register is old: bring it up to date with register apply or register build.")
            : HealthFinding.Healthy("登记库可用，数据不旧。", "The registers are in use, and not old.");
    }
}
