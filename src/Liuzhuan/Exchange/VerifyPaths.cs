using Liuzhuan.Platform.Files;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange;

/// <summary>What kind of file a name stands for.</summary>
internal enum FileFamily
{
    Unknown,
    Text,
    Spreadsheet,
}

/// <summary>Refuses paths that do not fit together before anything is opened or written.</summary>
internal static class VerifyPaths
{
    private static readonly string[] TextExtensions = [".csv", ".txt", ".tsv", ".tab"];
    private static readonly string[] SpreadsheetExtensions = [".xlsx", ".xls"];

    public static FileFamily FamilyOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        var extension when TextExtensions.Contains(extension) => FileFamily.Text,
        var extension when SpreadsheetExtensions.Contains(extension) => FileFamily.Spreadsheet,
        _ => FileFamily.Unknown,
    };

    /// <summary>The first thing wrong with the request's paths, or null.</summary>
    public static Refusal? Check(VerifyRequest request)
    {
        if (request.InputPath is { } given && InputFiles.Missing(given) is { } missing) return missing;
        var family = request.InputPath is null && request.InputStream is not null && Path.GetExtension(request.InputName).Length == 0 ? FileFamily.Text : FamilyOf(request.InputName);
        if (family == FileFamily.Unknown) return UnknownKind(request.InputName);
        if (request.DryRun) return null;
        if (request.OutputPath is { } output && !Fits(family, output)) return ExtensionUnfit(family, request.InputName, output);
        var written = Written(request);
        foreach (var path in written)
        {
            if (CannotWrite(path) is { } refusal) return refusal;
        }

        return Collision(request, written);
    }

    public static Refusal UnknownKind(string name) => new(
        "input.kind",
        $"不认识“{Path.GetFileName(name)}”的文件类型：请提供 .csv、.txt、.tsv、.xlsx 或 .xls 文件。",
        $"The kind of file \"{Path.GetFileName(name)}\" is unknown: give a .csv, .txt, .tsv, .xlsx or .xls file.");

    public static Refusal InputUnreadable(string path, string detail) => new(
        "input.unreadable",
        $"输入文件 {path} 无法读取：请检查权限，或关闭正在使用它的程序后重试。（{detail}）",
        $"The input file {path} could not be read: check its permissions, or close the program that uses it, and try again. ({detail})");

    public static Refusal OutputFailed(string path, string detail) => new(
        "output.failed",
        $"结果无法写入 {path}，原有文件未被改动：请检查磁盘空间和目录权限后重试。（{detail}）",
        $"The result could not be written to {path}, and a file that was there is untouched: check disk space and permissions of the directory and try again. ({detail})");

    private static bool Fits(FileFamily family, string output) => family switch
    {
        FileFamily.Text => FamilyOf(output) == FileFamily.Text,
        FileFamily.Spreadsheet => Path.GetExtension(output).Equals(".xlsx", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static Refusal ExtensionUnfit(FileFamily family, string input, string output)
    {
        var wanted = family == FileFamily.Text ? ".csv (.txt, .tsv)" : ".xlsx";
        return new(
            "output.extension",
            $"结果文件 {Path.GetFileName(output)} 的扩展名与输入 {Path.GetFileName(input)} 的格式不符：请改用 {wanted}。",
            $"The extension of the result {Path.GetFileName(output)} does not fit the form of {Path.GetFileName(input)}: use {wanted}.");
    }

    /// <summary>Every file that the request names to be written.</summary>
    public static List<string> Written(VerifyRequest request)
    {
        var written = new List<string>(3);
        if (request.OutputPath is { } output) written.Add(output);
        if (request.ProblemsPath is { } problems) written.Add(problems);
        if (request.ReportPath is { } report) written.Add(report);
        return written;
    }

    private static Refusal? CannotWrite(string path)
    {
        var real = FileIdentity.Real(path);
        if (Directory.Exists(real) || File.Exists(real) && !IsRegular(real))
        {
            return new("output.not-a-file", $"{path} 不是普通文件：请给出一个文件名；要写到标准输出请用“-”。", $"{path} is not a regular file: name a file, or use - for standard output.");
        }

        var directory = Path.GetDirectoryName(real);
        return string.IsNullOrEmpty(directory) || Directory.Exists(directory)
            ? null
            : new("output.directory", $"目录 {directory} 不存在：请先建立，或换一个位置。", $"The directory {directory} does not exist: create it, or choose another place.");
    }

    private static bool IsRegular(string path) => (File.GetAttributes(path) & (FileAttributes.Device | FileAttributes.Directory)) == 0;

    private static Refusal? Collision(VerifyRequest request, List<string> written)
    {
        if (request.InputPath is { } input && written.Find(path => FileIdentity.Same(input, path)) is { } over)
        {
            return new("output.same", $"{over} 就是输入文件：为保住原件，请给结果换一个文件名。", $"{over} is the input file itself: choose another name for the result, so that the original is kept.");
        }

        for (var i = 0; i < written.Count; i++)
        {
            for (var j = i + 1; j < written.Count; j++)
            {
                if (FileIdentity.Same(written[i], written[j])) return new("output.same", $"{written[i]} 与 {written[j]} 是同一个文件：请分别命名。", $"{written[i]} and {written[j]} are the same file: give them different names.");
            }
        }

        return null;
    }
}
