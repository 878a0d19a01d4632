using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>Copies rows as they are.</summary>
internal static class SheetCopy
{
    public static void Row(SheetRow row, XlsxSheetWriter output)
    {
        output.BeginRow(row.Number);
        Cells(row, output);
        output.EndRow();
    }

    public static void Cells(SheetRow row, XlsxSheetWriter output)
    {
        for (var i = 0; i < row.Count; i++) output.Cell(row[i].Column, row[i]);
    }
}
