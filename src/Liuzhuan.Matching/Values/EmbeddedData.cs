using System.Text;

namespace Liuzhuan.Matching.Values;

/// <summary>Reads the data files that are embedded in this assembly: lines of separated cells, <c>#</c> begins a comment.</summary>
internal static class EmbeddedData
{
    /// <summary>The rows of a comma-separated file below its header line. No file of ours quotes cells.</summary>
    public static IEnumerable<string[]> Rows(string name)
    {
        var isHeader = true;
        foreach (var line in Lines(name))
        {
            if (!isHeader) yield return line.Split(',');
            isHeader = false;
        }
    }

    /// <summary>The lines that are neither empty nor comments.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(Open(name), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') yield return line;
        }
    }

    /// <summary>The whole file.</summary>
    public static byte[] Bytes(string name)
    {
        using var stream = Open(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Stream Open(string name) =>
        typeof(EmbeddedData).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The data file {name} is not in the assembly; build the project again.");
}
