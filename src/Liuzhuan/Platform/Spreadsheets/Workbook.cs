using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>Whether a sheet is shown.</summary>
internal enum SheetState : byte
{
    Visible,
    Hidden,

    /// <summary>Hidden so that only a macro can show it.</summary>
    VeryHidden,
}

/// <summary>One sheet of a workbook.</summary>
/// <param name="Name">Its name as written.</param>
internal sealed record SheetInfo(string Name, SheetState State);

/// <summary>A range of merged cells; rows from 1, columns from 0, both ends inside.</summary>
internal readonly record struct MergedRange(int FirstRow, int FirstColumn, int LastRow, int LastColumn);

/// <summary>Width of a run of columns (from 0, both ends inside), in characters.</summary>
internal readonly record struct ColumnWidth(int First, int Last, double Width);

/// <summary>A workbook open for reading: .xlsx by our own streaming reader, .xls by ExcelDataReader, behind one face.</summary>
internal abstract class Workbook : IDisposable
{
    public abstract IReadOnlyList<SheetInfo> Sheets { get; }

    /// <summary>Days count from 1904 instead of 1900.</summary>
    public abstract bool Date1904 { get; }

    /// <summary>Rough size of all rows, in the unit of <see cref="SheetReader.Done"/>; 0 when unknown.</summary>
    public abstract long Size { get; }

    /// <summary>Opens a file whose kind was recognised.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Result<Workbook> Open(string path, SpreadsheetBounds bounds)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            if (file.Length > bounds.MaxFileBytes) return Refuse(SpreadsheetRefusals.TooLarge(file.Length, bounds.MaxFileBytes));
            if (!FileKinds.Recognise(file, bounds).Ok(out var kind, out var refusal)) return Refuse(refusal);
            return kind switch
            {
                FileKind.Xlsx => new XlsxWorkbook(file, bounds),
                FileKind.Xls => new XlsWorkbook(file, bounds),
                _ => Refuse(IsText(file) ? SpreadsheetRefusals.TextUnderSheetName() : SpreadsheetRefusals.NotASheetFile()),
            };
        }
        catch (SpreadsheetRefusedException refused)
        {
            return Refuse(refused.Refusal);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        Refusal Refuse(Refusal refusal)
        {
            file.Dispose();
            return refusal;
        }
    }

    // Without NUL bytes and valid in one of the encodings that text is read in.
    private static bool IsText(Stream file)
    {
        try
        {
            return DelimitedPreview.Read(file).Records.All(record => record.Cells.All(cell => !cell.Contains('\0')));
        }
        catch (DelimitedException)
        {
            return false;
        }
    }

    /// <summary>Opens one sheet from its first row. Only one sheet can be open at a time.</summary>
    /// <exception cref="SpreadsheetRefusedException">The sheet is damaged or beyond a bound.</exception>
    public abstract SheetReader OpenSheet(int index);

    public abstract void Dispose();
}

/// <summary>Reads the rows of one sheet forward.</summary>
internal abstract class SheetReader : IDisposable
{
    /// <summary>Column widths, known from the start.</summary>
    public abstract IReadOnlyList<ColumnWidth> Widths { get; }

    /// <summary>Merged ranges, known after the last row.</summary>
    public abstract IReadOnlyList<MergedRange> Merged { get; }

    /// <summary>How far the reader has come, of <see cref="Workbook.Size"/>.</summary>
    public abstract long Done { get; }

    /// <summary>Reads the next row that has a filled cell; false after the last.</summary>
    /// <exception cref="SpreadsheetRefusedException">The sheet is damaged or beyond a bound.</exception>
    public abstract bool Read(SheetRow row);

    public abstract void Dispose();
}
