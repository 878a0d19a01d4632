using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Directories.Sheets;

/// <summary>Why a file of the directory is refused whole.</summary>
internal static class SheetRefusals
{
    public static readonly Refusal NoText = new("directory.no-text",
        "文件不是文本，或者编码无法识别：请另存为 .xlsx 或 UTF-8 编码的 .csv。",
        "The file is no text, or its encoding is not known: save it as .xlsx, or as .csv in UTF-8.");

    public static readonly Refusal NoFile = new("directory.no-file", "没有收到文件，或文件是空的：请选择文件后再上传。", "No file arrived, or it was empty: choose one and upload it.");

    public static readonly Refusal NoRows = new("directory.no-rows",
        "文件里没有条目：请先导出名录，在导出的文件上修改。",
        "The file holds no entry: export the directory first and edit that file.");

    public static Refusal NoHeading(string sheet) => new("directory.no-heading",
        $"工作表“{sheet}”的前几行里找不到表头：请保留导出文件的列名，{Needed.Zh}；不相干的工作表请删去。",
        $"Sheet \"{sheet}\": no heading is found in the first lines. Keep the column names of the exported file ({Needed.En}), and delete sheets that do not belong.");

    public static Refusal Column(string sheet, string heading, EntryKind kind) => new("directory.sheet-column",
        $"工作表“{sheet}”的列“{Short(heading)}”不认识。可用：{string.Join("、", kind.Columns.Select(one => one.Name.Zh))}。请改名或删去这一列。",
        $"Sheet \"{sheet}\": the column \"{Short(heading)}\" is not known. Possible: {string.Join(", ", kind.Columns.Select(one => one.Name.En))}. Rename or delete it.");

    public static Refusal ColumnTwice(string sheet, EntryColumn column) => new("directory.column-twice",
        $"工作表“{sheet}”里“{column.Name.Zh}”出现了两次：请只留一列。",
        $"Sheet \"{sheet}\": the column \"{column.Name.En}\" is there twice. Keep one.");

    private static (string Zh, string En) Needed => (
        string.Join("；", EntryKind.All.Select(kind => $"{kind.Name.Zh}表须有{string.Join("、", kind.Keys.Select(column => column.Name.Zh))}")),
        string.Join("; ", EntryKind.All.Select(kind => $"{kind.Name.En}: {string.Join(", ", kind.Keys.Select(column => column.Name.En))}")));

    private static string Short(string heading) => heading.Length <= 40 ? heading : heading[..40] + "…";
}
