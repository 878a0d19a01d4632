using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Directories;

/// <summary>What is refused around the directory. Sentences name columns and codes, never what somebody typed for a person.</summary>
internal static class DirectoryRefusals
{
    public static readonly Refusal UnknownKind = new("directory.kind",
        "没有这一类条目。可用：单位、机构、人员、联络员、请假。",
        "There is no such kind of entry. Possible: agencies, offices, officers, liaisons, leave.");

    public static readonly Refusal EndBeforeStart = new("directory.days",
        "结束的日期早于开始的日期：请核对两个日期。",
        "The end is before the beginning: check both days.");

    public static readonly Refusal Circle = new("directory.circle",
        "上级机构不成层级：隶属关系成了圈，或者超过六级。请改正上级机构代码。",
        "The offices above it form a circle, or more than six levels: correct the parent's organ code.");

    public static readonly Refusal OtherAgency = new("directory.other-agency",
        "联络员不在这个机构所属的单位工作：请换一名本单位的人员，或先更正其机构代码。",
        "The liaison does not work for the agency of this office: name somebody who does, or correct where they work first.");

    public static readonly Refusal Stale = new("directory.stale",
        "预览之后名录又有变动，没有导入任何内容：请重新预览，确认后再导入。",
        "The directory was changed after the preview, and nothing was applied: look at the preview again, then apply it.", StatusCodes.Status409Conflict);

    public static readonly Refusal Nothing = new("directory.nothing",
        "没有变动可以导入：文件与名录一致。",
        "There is nothing to apply: the file says what the directory says.", StatusCodes.Status409Conflict);

    public static readonly Refusal Registered = new("directory.registered",
        "这个代码的条目已经登记：请返回名录，从该条目的页面修改。",
        "An entry with this code is registered already: go back to the directory and change it on its page.", StatusCodes.Status409Conflict);

    public static readonly Refusal NoReason = new("directory.reason",
        "请写明变动的原因或依据，至多 200 字。",
        "Say why, or on which paper the change rests: at most 200 characters.");

    public static readonly Refusal UploadGone = new("directory.upload-gone",
        "这次上传已经导入，或者已超过一天：请重新上传文件。",
        "This upload was applied already, or is older than a day: upload the file again.", StatusCodes.Status404NotFound);

    public static Refusal Refused(int rows) => new("directory.refused",
        $"有 {rows} 行不能导入，所以什么都没有导入：请按说明逐行改正，再试一次。",
        $"{rows} rows cannot be taken, so nothing was applied: mend them as the list says, and try again.");

    public static Refusal UnknownColumn(string column, EntryKind kind) => new("directory.column",
        $"“{kind.Name.Zh}”没有“{column}”这一列。可用：{string.Join("、", kind.Columns.Select(one => one.Name.Zh))}。请改名或删去这一列。",
        $"\"{kind.Name.En}\" has no column \"{column}\". Possible: {string.Join(", ", kind.Columns.Select(one => one.Name.En))}. Rename or delete it.");

    public static Refusal DoesNotFit(EntryColumn column) => new("directory.value", $"“{column.Name.Zh}”不对：{column.Form.Hint.Zh}。", $"\"{column.Name.En}\" is wrong: {column.Form.Hint.En}.");

    public static Refusal Missing(EntryColumn column) => new("directory.missing", $"缺少“{column.Name.Zh}”：请填写。", $"\"{column.Name.En}\" is missing: fill it in.");

    public static Refusal Twice(GivenRow first) => new("directory.twice",
        $"与“{first.Sheet}”第 {first.Line} 行是同一个条目：请只留一行。",
        $"It is the same entry as \"{first.Sheet}\", line {first.Line}: keep one of them.");

    public static Refusal DivisionOver(string code) => new("directory.division-over",
        $"行政区划 {code} 在启用之日已经撤销或尚未设立：请改用当时有效的代码。",
        $"The division {code} was abolished, or not yet set up, on the day this begins: use the code that was in force.");

    public static Refusal NoSuch(EntryKind kind, string code) => new("directory.no-such",
        $"“{kind.Name.Zh}”里没有 {code}：请先登记，或写进同一个文件；写错时请改正。",
        $"There is no {code} among the {kind.Name.En.ToLowerInvariant()}: register it first, or in the same file; if it is a slip, correct it.");

    public static Refusal BeyondEnd(EntryKind kind, DateOnly end) => new("directory.beyond-end",
        $"所属的{kind.Name.Zh}自 {end:yyyy-MM-dd} 停用：请改到别的{kind.Name.Zh}，或写上不晚于这一天的停用日期。",
        $"What it belongs to ({kind.Name.En.ToLowerInvariant()}) ends on {end:yyyy-MM-dd}: move it, or end it by that day.");

    public static Refusal NotEmpty(int left) => new("directory.not-empty",
        $"还有 {left} 个下属条目在停用之后仍有效：请先（或在同一个文件里）调走或停用它们。",
        $"{left} entries below it would outlast it: move or end them first, or in the same file.");
}
