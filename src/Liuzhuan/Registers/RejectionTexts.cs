namespace Liuzhuan.Registers;

/// <summary>Why a change was not applied, in words.</summary>
internal static class RejectionTexts
{
    private static readonly Dictionary<string, (string Chinese, string English)> Texts = new()
    {
        ["not_utf8"] = ("这一行有不属于 UTF-8 编码的字节：请用 UTF-8 重新保存后改正", "the line holds bytes that are no UTF-8 text: mend it and save the file in UTF-8"),
        ["malformed_line"] = ("这一行的格式不对：请检查引号和列数", "the line is malformed: check its quotes and its number of cells"),
        ["status_unknown"] = ("状态不认识：可用 active、deceased、cancelled、changing", "the status is unknown: use active, deceased, cancelled or changing"),
        ["change_unknown"] = ("change 列的值不认识：可用 upsert、cancel、replace", "the value of change is unknown: use upsert, cancel or replace"),
        ["record_missing"] = ("登记库中没有这条记录：请核对号码和姓名", "the register has no such record: check number and name"),
        ["record_ambiguous"] = ("这个号码有多条记录：请同时写明姓名", "several records share this number: give the name too"),
        ["successor_missing"] = ("replace 缺少新号码：请填写 superseded_by", "replace lacks the new number: fill in superseded_by"),
        ["successor_same"] = ("新号码与旧号码相同：请核对 superseded_by", "the new number is the old one: check superseded_by"),
        ["name_missing"] = ("没有填写姓名：请补填", "the name is missing: fill it in"),
    };

    public static string In(string language, string code) =>
        Texts.TryGetValue(code, out var text) ? language == "en" ? text.English : text.Chinese
        : language == "en" ? "the number is not valid: compare it with the document" : "号码无效：请对照证件核对";
}
