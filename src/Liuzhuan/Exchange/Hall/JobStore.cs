using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Jobs on disk, one folder each. A job exists from the moment its <c>state.json</c> does, which is replaced whole, never changed:
/// whatever was reported as accepted survives a killed server.</summary>
internal sealed class JobStore : IDisposable
{
    private const string StateName = "state.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _root;
    private readonly TimeSpan _keepFor;
    private readonly TimeProvider _clock;
    private readonly FileStream _lock;

    /// <exception cref="FolderInUseException">Another running server uses the folder.</exception>
    public JobStore(HallOptions options, TimeProvider clock)
    {
        (_root, _keepFor, _clock) = (options.JobsDirectory, options.KeepFor, clock);
        try
        {
            // The lock is the open file: it goes with the process, however that ends.
            _lock = new FileStream(Path.Combine(_root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new FolderInUseException(_root, fault);
        }
    }

    public static bool IsId(string? id) => id is { Length: 32 } && id.All(char.IsAsciiHexDigitLower);

    public string InputPath(Job job) => InputPath(job.Id, job.Name);

    public string ResultPath(Job job) => Path.Combine(OutDirectory(job), FileNames.Result(job.Name, job.Language));

    public string ProblemsPath(Job job) => Path.Combine(OutDirectory(job), FileNames.Problems(job.Name, job.Language));

    public string ReportPath(Job job) => Path.Combine(OutDirectory(job), FileNames.Report(job.Name));

    /// <summary>Makes the folder of a new job. Until <see cref="Save"/> it counts for nothing.</summary>
    public string Prepare()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Directory.CreateDirectory(Folder(id));
        return id;
    }

    public string InputPath(string id, string name) => Path.Combine(Folder(id), "input" + FileNames.Extension(name));

    /// <summary>The job, unless there is none, it was deleted, or its time is over.</summary>
    public Job? Find(string? id) => IsId(id) && Read(id!) is { } job && job.ExpiresAt(_keepFor) > _clock.GetUtcNow() ? job : null;

    public void Save(Job job)
    {
        var path = Path.Combine(Folder(job.Id), StateName);
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, job, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Empties the place of the result, so that nothing of an interrupted attempt is left.</summary>
    public void ClearResults(Job job)
    {
        if (Directory.Exists(OutDirectory(job))) Directory.Delete(OutDirectory(job), recursive: true);
        Directory.CreateDirectory(OutDirectory(job));
    }

    public void Delete(string id)
    {
        // Without its state the job is gone at once, even if the rest is interrupted; the next start clears that away.
        try
        {
            File.Delete(Path.Combine(Folder(id), StateName));
            Directory.Delete(Folder(id), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Deleted twice is deleted.
        }
    }

    /// <summary>Deletes what is past its time and returns how many that were.</summary>
    /// <param name="now">See <see cref="Platform.Ledger.ErasureTime"/>.</param>
    public int DeleteExpired(DateTimeOffset now)
    {
        var expired = All().Where(job => job.ExpiresAt(_keepFor) <= now).ToList();
        foreach (var job in expired) Delete(job.Id);
        return expired.Count;
    }

    /// <summary>The folders that came before an instant, by their job's word or, where there is none, by their own time.</summary>
    public IReadOnlyList<string> OlderThan(DateTimeOffset then) => [.. Ids().Where(id => (Read(id)?.ReceivedAt ?? Directory.GetLastWriteTimeUtc(Folder(id))) < then)];

    /// <summary>Deletes uploads that were never accepted. Only at start, while none can be under way.</summary>
    public void DeleteUnaccepted()
    {
        foreach (var id in Ids().Where(id => !File.Exists(Path.Combine(Folder(id), StateName)))) Directory.Delete(Folder(id), recursive: true);
    }

    public IEnumerable<Job> All() => Ids().Select(Read).OfType<Job>();

    public void Dispose() => _lock.Dispose();

    private List<string> Ids() => Directory.EnumerateDirectories(_root).Select(folder => Path.GetFileName(folder)).Where(IsId).ToList();

    private Job? Read(string id)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(Folder(id), StateName));
            return JsonSerializer.Deserialize<Job>(file, Json);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    private string Folder(string id) => Path.Combine(_root, id);

    private string OutDirectory(Job job) => Path.Combine(Folder(job.Id), "out");

    /// <summary>Two servers on one folder would do every job twice and delete each other's files.</summary>
    internal sealed class FolderInUseException(string folder, Exception inner) : IOException($"The folder {folder} is in use by another running server.", inner);
}
