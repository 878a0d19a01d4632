using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Platform.Files;

/// <summary>Tells whether two paths name the same file, through links of either kind, so that no job writes over its own input.</summary>
internal static class FileIdentity
{
    public static bool Same(string first, string second)
    {
        var (one, other) = (Real(first), Real(second));
        if (string.Equals(one, other, StringComparison.Ordinal)) return true;
        // Names that differ in case only are two files on Linux; on other systems, and where one is not there yet, they are taken as one.
        if (string.Equals(one, other, StringComparison.OrdinalIgnoreCase) && (!OperatingSystem.IsLinux() || !File.Exists(first) || !File.Exists(second))) return true;
        return (FileNode.Of(first), FileNode.Of(second)) switch
        {
            ({ } inode, { } otherInode) => inode == otherInode,
            (null, null) => SameNewFile(one, other),
            _ => false,
        };
    }

    /// <summary>The full path with a final symbolic link followed; the path itself when nothing is there yet.</summary>
    /// <exception cref="UnauthorizedAccessException">It lies in a directory that may not be searched.</exception>
    public static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        // Mostly there is no link, and often no file yet: to ask where it leads would fail, which takes milliseconds the first time.
        if (OperatingSystem.IsLinux() && !MayBeLink(new FileInfo(full))) return full;
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;
        }
    }

    // The attributes of what is not there are none; where nobody may look, asking for them fails.
    private static bool MayBeLink(FileInfo file)
    {
        try
        {
            return (int)file.Attributes != -1 && file.LinkTarget is not null;
        }
        catch (IOException)
        {
            // A name that is too long, a circle of links: told where the file is opened.
            return false;
        }
    }

    // Neither is there yet; their directories may be one, reached through a link.
    private static bool SameNewFile(string first, string second) =>
        string.Equals(Path.GetFileName(first), Path.GetFileName(second), StringComparison.OrdinalIgnoreCase)
        && Path.GetDirectoryName(first) is { } one && Path.GetDirectoryName(second) is { } other && FileNode.Of(one) is { } inode && inode == FileNode.Of(other);
}
