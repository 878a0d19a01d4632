using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;

namespace Liuzhuan.Platform.Outcomes;

/// <summary>Turns what the engine refuses into a refusal in both languages. The engine's own sentence is English; what it says of the place is repeated in brackets.</summary>
internal static class EngineRefusals
{
    private static readonly Dictionary<string, string> Chinese = new()
    {
        ["register_missing"] = "找不到登记库文件：请检查 --register 的路径，或先用 register build 生成",
        ["register_truncated"] = "登记库文件不完整：请重新复制，或用 register build 重新生成",
        ["register_corrupt"] = "登记库文件已损坏：请用 register check 查看损坏的部分，并重新生成或从备份恢复",
        ["register_foreign"] = "这不是本系统的登记库文件：请检查路径，或用 register build 生成",
        ["register_newer"] = "登记库文件由更新版本的程序生成：请升级本程序后再用",
        ["register_schema"] = "登记库的描述与本程序的不同：请用 --schema 给出生成时所用的描述文件，或重新生成",
        ["input_unreadable"] = "登记数据文件无法读取：请检查路径、权限，并确认是 UTF-8 编码的 CSV",
        ["input_encoding"] = "文件不是 UTF-8 编码，照此读取会丢失姓名等文字：请另存为 UTF-8 编码的 CSV（由 GB18030 转换可用 iconv -f GB18030 -t UTF-8）后重试，原有数据未被改动",
        ["input_empty"] = "登记数据文件只有表头，没有数据行：请检查是否选对了文件",
        ["input_columns"] = "登记数据文件缺少必要的列：请对照 docs/registers.md 补齐表头",
        ["input_columns.twice"] = "表头中有一列出现了不止一次：请只保留其中一列",
        ["input_rejected"] = "登记数据中不能采用的行超过 5%：请查看输出旁的 .rejects.csv，改正后重新生成",
        ["register_unreadable"] = "登记库文件无法读取：请检查权限",
        ["register_unreadable.directory"] = "这是一个目录，不是登记库文件：请给出其中的登记库文件",
        ["register_busy"] = "另一个程序正在更新这个登记库：请等它结束后重试",
        ["register_overlay"] = "登记库旁的变更文件与登记库不配套：请放回配套的文件，或由完整数据重新生成",
        ["register_overlay.damaged"] = "登记库旁的变更文件已损坏，其中已生效的变更读不出来，文件未被改动：请把登记库和变更文件一起从备份恢复，或由完整数据重新生成",
        ["changes_columns"] = "变更文件缺少必要的列：表头应有 change 列和登记库的号码列",
        ["binary_file"] = "这不是文本文件：请按实际格式改正扩展名（如 .xlsx），或另存为 CSV 后重试",
        ["encoding_unknown"] = "无法识别文件的编码：请用 --encoding 指明（utf-8、gb18030、utf-16le、utf-16be），或另存为 UTF-8",
        ["too_many_rows"] = "文件行数超过上限：请拆分成几个文件后分别核验",
        ["too_many_columns"] = "文件列数超过上限：请只保留需要的列",
        ["record_too_long"] = "有一行内容过长：请检查引号是否成对",
    };

    public static Refusal From(RegisterException fault)
    {
        // A code without a Chinese sentence would be a mistake of ours; the English one is then better than none.
        var chinese = Chinese.TryGetValue($"{fault.Code}.{fault.Cause}", out var sentence) || Chinese.TryGetValue(fault.Code, out sentence) ? sentence : fault.Message.TrimEnd('.');
        return new(fault.Code, fault.Detail.Length > 0 ? $"{chinese}。（{fault.Detail}）" : $"{chinese}。", fault.Message);
    }

    public static Refusal From(DelimitedException fault)
    {
        var place = fault.Line > 0 ? $"第 {fault.Line} 行：" : "";
        return new(fault.Code, Chinese.TryGetValue(fault.Code, out var sentence) ? $"{place}{sentence}。" : $"文件不能使用，请按括号内的说明处理。（{fault.Message}）", fault.Message);
    }
}
