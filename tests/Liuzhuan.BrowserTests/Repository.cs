namespace Liuzhuan.BrowserTests;

/// <summary>Finds files of the repository from wherever the tests run.</summary>
internal static class Repository
{
    public static string PathOf(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Liuzhuan.slnx"))) return Path.Combine(folder.FullName, relative);
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
