namespace Liuzhuan.Exchange.Wording;

/// <summary>Answers in Simplified Chinese, as a liaison officer would explain them to the agency that asked.</summary>
internal sealed class ChineseTexts : AnswerTexts
{
    public static readonly ChineseTexts Instance = new();

    public override (string Verdict, string Code, string Fields, string Notes, string Explanation) Headings => ("核验结论", "结论代码", "不一致项", "备注代码", "说明");

    public override (string Sheet, string Line, string Row) PlaceHeadings => ("工作表", "行号", "数据行");

    public override IReadOnlyDictionary<string, string> Verdicts { get; } = new Dictionary<string, string>
    {
        ["consistent"] = "一致",
        ["inconsistent"] = "不一致",
        ["not_in_register"] = "库中无此号",
        ["cannot_decide"] = "无法判定",
        ["invalid"] = "请求无效",
    };

    public override IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["duplicate_number"] = "登记库中有两条以上记录使用这个号码，不能据此判定：请向登记机关人工核实，不要当作“不一致”处理",
        ["change_in_progress"] = "这条记录正在办理变更，办结前不能判定：请过几天重新核验，急用的请向登记机关人工核实",
        ["incomplete_record"] = "登记记录不完整（要比对的项目为空，或变更后的新号码查不到记录），不能判定：请向登记机关人工核实并请其补全",
        ["source_unavailable"] = "登记数据暂时取不到，这一行没有核验：请稍后重新提交，不要当作“不一致”处理",
        ["number_missing"] = "没有填写号码：请补填完整的号码后重新提交",
        ["number_length"] = "号码位数不对（现行号码为18位，旧身份证号为15位）：请对照证件查清是多填还是漏填",
        ["number_characters"] = "号码中有不该出现的字符（身份证号只能是数字，末位可以是X）：请对照证件重新填写",
        ["number_date"] = "号码中的出生日期不存在，或晚于登记数据的日期：请对照证件核对出生日期那几位",
        ["number_division"] = "号码开头的地区代码不存在：请对照证件核对号码的前几位",
        ["number_check_digit"] = "号码的校验位不符，多半有一位抄错了：请对照证件逐位核对",
        ["number_damaged_by_spreadsheet"] = "号码被电子表格软件改动过（末几位已丢失）：请把该列设为“文本”格式后重新填写完整号码",
        ["name_missing"] = "没有填写姓名（或必填项）：请补填后重新提交",
        ["name_characters"] = "姓名中有问号、方框、星号等无法识别的字符（多为生僻字在转换时丢失，或姓名被遮挡）：请按证件填写完整的姓名",
        ["row_too_long"] = "这一行的单元格比表头多，无法确定各项的位置：请检查内容里是否有未加引号的分隔符，电子表格则看表头右侧是否多填了内容，改正后重新提交",
        ["beyond_jurisdiction"] = "登记库中没有此人，或者此人的户籍不在本单位的管辖范围内，这一用途不允许跨区域核验：请核对号码，或请其户籍所在地的机关核验",
    };

    public override IReadOnlyDictionary<string, string> Notes { get; } = new Dictionary<string, string>
    {
        ["deceased"] = "请注意，登记信息显示此人已死亡",
        ["cancelled"] = "请注意，这条登记已注销",
        ["superseded_number"] = "所填号码已变更，结论按变更后的号码作出：今后请使用新号码",
        ["upgraded_15"] = "所填为15位旧号码，已按规定换算成18位后核验：今后请填写18位号码",
        ["normalised_number"] = "号码的写法（空格、全角、小写x等）已按规范整理后核验",
        ["normalised_name"] = "姓名的写法（间隔号、空格、全角等）已按规范整理后比对",
        ["former_name"] = "所填姓名是登记的曾用名：请改填现用姓名",
        ["variant_characters"] = "所填姓名与登记姓名只差繁简字或异体字：请按证件上的字形填写",
    };

    public override string Consistent => "与登记信息一致";

    public override string Stop => "。";

    public override string Inconsistent(IReadOnlyList<string> labels, bool ofPersons) =>
        $"{string.Join('、', labels)}与登记信息不一致：请对照证件原件核对更正；原件无误的，请向{Authority(ofPersons)}核实";

    public override string NotInRegister(bool ofPersons) => $"登记库中没有这个号码：请核对号码是否抄错；号码无误的，请向{Authority(ofPersons)}核实";

    public override string NotCompared(IReadOnlyList<string> labels) => $"{string.Join('、', labels)}的写法无法识别或者范围太大，没有比对：请按规范填写后重新提交";

    public override string LeftOut(IReadOnlyList<string> labels) => $"{string.Join('、', labels)}没有比对：这一用途不比对这些项，或者此人户籍不在本单位管辖范围，只比对号码和姓名";

    public override string RepeatsRow(long row, string? sheet, long line) => sheet is null
        ? $"与第{row}条数据（文件第{line}行）的号码相同：请确认是否重复填报"
        : $"与第{row}条数据（工作表“{sheet}”第{line}行）的号码相同：请确认是否重复填报";

    public override bool IsLabel(string heading) => heading.Any(c => c >= '\u2E80');

    private static string Authority(bool ofPersons) => ofPersons ? "户籍所在地派出所" : "登记机关";
}
