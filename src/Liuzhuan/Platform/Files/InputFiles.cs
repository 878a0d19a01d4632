using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Files;

/// <summary>Says why a path that somebody gave cannot be read as a file.</summary>
internal static class InputFiles
{
    /// <summary>Null when there is a file; a refusal when there is a directory or nothing.</summary>
    public static Refusal? Missing(string path)
    {
        if (File.Exists(path)) return null;
        return Directory.Exists(path)
            ? new("input.directory", $"{path} 是一个目录，不是文件：请给出其中的一个文件。", $"{path} is a directory, not a file: name a file in it.")
            : new("input.missing", $"找不到文件 {path}：请检查路径和文件名。", $"The file {path} was not found: check the path and the file name.");
    }
}
