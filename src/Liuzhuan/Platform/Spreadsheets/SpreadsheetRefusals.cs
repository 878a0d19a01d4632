using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>Every reason for which a spreadsheet is refused whole. The sentences name cause, place and remedy.</summary>
internal static class SpreadsheetRefusals
{
    private const string SaveAgain = "请用 Excel 或 WPS 打开该文件，另存为 .xlsx 后再试。", SaveAgainEnglish = "Open it in Excel, WPS or LibreOffice, save it as .xlsx and try again.";

    public static Refusal TooLarge(long bytes, long most) => new("sheet.file-too-large",
        $"文件有 {Megabytes(bytes)} MB，超过上限 {Megabytes(most)} MB。请拆成几个文件，或另存为 CSV 后再试。",
        $"The file has {Megabytes(bytes)} MB; the limit is {Megabytes(most)} MB. Split it into several files or save it as CSV.", StatusCodes.Status413PayloadTooLarge);

    public static Refusal Empty() => new("sheet.empty-file", "文件是空的（0 字节）。请重新导出或重新上传。", "The file is empty (0 bytes). Export or upload it again.");

    public static Refusal Damaged(string place) => new("sheet.damaged",
        $"文件已损坏，读不下去（位置：{place}）。{SaveAgain}如打不开，请向报送单位索取原文件。",
        $"The file is damaged and cannot be read on (at {place}). {SaveAgainEnglish} If it does not open, ask the sender for the original.");

    public static Refusal Encrypted() => new("sheet.encrypted",
        "文件设有打开密码，无法读取。请在 Excel 或 WPS 中取消密码（文件—信息—保护工作簿），保存后再试。",
        "The file is protected by a password and cannot be read. Remove the password in Excel or WPS, save it and try again.");

    public static Refusal OtherKind(string kindChinese, string kindEnglish) => new("sheet.unsupported-kind",
        $"这其实是{kindChinese}，不能直接核验。{SaveAgain}", $"This is really {kindEnglish}, which cannot be verified. {SaveAgainEnglish}", StatusCodes.Status415UnsupportedMediaType);

    public static Refusal TextUnderSheetName() => new("sheet.unsupported-kind",
        "这其实是文本文件（CSV 等），只是扩展名写成了表格：请把扩展名改为 .csv 后再试。",
        "This is really a text file (CSV or the like) under a spreadsheet's name. Rename it to .csv and try again.", StatusCodes.Status415UnsupportedMediaType);

    public static Refusal NotASheetFile() => new("sheet.not-a-spreadsheet",
        $"文件内容不是电子表格，也不是文本，可能已损坏。{SaveAgain}如打不开，请向报送单位索取原文件。", $"The content is neither a spreadsheet nor text; it may be damaged. {SaveAgainEnglish} If it does not open, ask the sender for the original.", StatusCodes.Status415UnsupportedMediaType);

    public static Refusal TooManyParts(int most) => new("sheet.too-many-parts",
        $"压缩包内的部件超过 {most} 个，不像正常的表格，已拒绝读取。{SaveAgain}", $"The package holds more than {most} parts, which no ordinary spreadsheet does. {SaveAgainEnglish}");

    public static Refusal Unpacks(string part) => new("sheet.unpacks-too-large",
        $"部件 {part} 解压后过大或压缩比异常（疑似压缩炸弹），已停止读取。请删除表格中大片的空行空列，另存为 .xlsx 后再试。",
        $"Part {part} unpacks to too much, or at a suspicious ratio (a zip bomb?). Delete large empty areas of the sheet, save it as .xlsx and try again.", StatusCodes.Status413PayloadTooLarge);

    public static Refusal Xml(string part, string causeChinese, string causeEnglish) => new("sheet.unsafe-xml",
        $"部件 {part} 的 XML {causeChinese}，已停止读取。{SaveAgain}", $"The XML of part {part} {causeEnglish}. {SaveAgainEnglish}");

    public static Refusal TooManySheets(int most) => new("sheet.too-many-sheets",
        $"工作表超过 {most} 个。请拆成几个文件后再试。", $"There are more than {most} sheets. Split the file.");

    public static Refusal TooManyRows(string sheet, int most) => new("sheet.too-many-rows",
        $"工作表“{sheet}”超过 {most} 行。请拆成几个文件，或另存为 CSV 后再试。", $"Sheet \"{sheet}\" has more than {most} rows. Split the file or save it as CSV.", StatusCodes.Status413PayloadTooLarge);

    public static Refusal TooManyColumns(string sheet, int row, int most) => new("sheet.too-many-columns",
        $"工作表“{sheet}”第 {row} 行超出 {most} 列。请删除多余的列后再试。", $"Sheet \"{sheet}\", row {row}: more than {most} columns. Delete the surplus columns.");

    public static Refusal CellTooLong(string sheet, int row, int column, int most) => new("sheet.cell-too-long",
        $"工作表“{sheet}”单元格 {ColumnName.Of(column)}{row} 超过 {most} 个字符。请缩短或删除该单元格的内容后再试。",
        $"Sheet \"{sheet}\", cell {ColumnName.Of(column)}{row}: more than {most} characters. Shorten or clear that cell.");

    public static Refusal TooMuchText() => new("sheet.too-much-text",
        "表格的文字总量超过上限。请拆成几个文件，或另存为 CSV 后再试。", "The workbook holds more text than the limit. Split the file or save it as CSV.", StatusCodes.Status413PayloadTooLarge);

    public static Refusal NoSheet() => new("sheet.no-sheet", $"文件中没有工作表。{SaveAgain}", $"The file holds no sheet. {SaveAgainEnglish}");

    public static Refusal AllHidden() => new("sheet.all-hidden",
        "所有工作表都是隐藏的，隐藏的工作表不核验。请在 Excel 或 WPS 中取消隐藏要核验的工作表后再试。",
        "All sheets are hidden, and hidden sheets are not verified. Unhide the sheet to verify and try again.");

    public static Refusal NoRoomForResults(string sheet, int row) => new("sheet.no-room-for-results",
        $"工作表“{sheet}”第 {row} 行右侧已没有五列的位置可写结果。请删除多余的列后再试。", $"Sheet \"{sheet}\", row {row}: no room for five result columns to the right. Delete surplus columns.");

    private static long Megabytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}
