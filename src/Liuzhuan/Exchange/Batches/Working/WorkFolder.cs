using System.Security.Cryptography;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Batches.Working;

/// <summary>A private folder for the files of one run. It is gone when disposed; what a killed process left goes with the next start.</summary>
internal sealed class WorkFolder : IDisposable
{
    private const string LockName = ".lock";

    private readonly FileStream _lock;

    private WorkFolder(string path, FileStream held) => (FullName, _lock) = (path, held);

    public string FullName { get; }

    /// <summary>Makes a folder under <paramref name="root"/>.</summary>
    public static WorkFolder Create(string root)
    {
        PrivateFolder.Create(root);
        while (true)
        {
            var path = PrivateFolder.Create(Path.Combine(root, RandomNumberGenerator.GetHexString(16, lowercase: true))).FullName;
            try
            {
                return new WorkFolder(path, Hold(path));
            }
            catch (DirectoryNotFoundException)
            {
                // Another process took it for a leftover before it was held.
            }
        }
    }

    /// <summary>Removes folders that no living process holds. Gives back how many.</summary>
    public static int RemoveLeftovers(string root)
    {
        var removed = 0;
        foreach (var path in Directory.Exists(root) ? Directory.GetDirectories(root) : [])
        {
            try
            {
                using (Hold(path)) Directory.Delete(path, recursive: true);
                removed++;
            }
            catch (IOException)
            {
                // Held by a living process, or just removed by another.
            }
        }

        return removed;
    }

    public string File(string name) => Path.Combine(FullName, name);

    public void Dispose()
    {
        Directory.Delete(FullName, recursive: true);
        _lock.Dispose();
    }

    // The lock is the open file: it goes with the process, however that ends.
    private static FileStream Hold(string path) => new(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
