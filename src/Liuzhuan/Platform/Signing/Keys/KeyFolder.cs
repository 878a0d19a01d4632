using System.Security.Cryptography;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Signing.Keys;

/// <summary>
/// The private keys of this program as files of one directory, which nobody else may read. A key is made when it is first wanted;
/// a newer generation takes over by rotation, and the older ones stay so that what they signed can be checked.
/// Several processes may use one folder: what one makes, all of them find.
/// </summary>
internal sealed class KeyFolder
{
    private const int SecretLength = 32;

    private readonly KeyFiles _files;
    private readonly TimeProvider _clock;
    private readonly Lock _writing = new();
    private volatile Contents _contents;

    private KeyFolder(KeyFiles files, Contents contents, TimeProvider clock) => (_files, _contents, _clock) = (files, contents, clock);

    /// <summary>Opens the folder, or makes it. Refused when others may read it, or when a file in it is damaged or unknown.</summary>
    public static Result<KeyFolder> Open(string directory, TimeProvider clock)
    {
        var files = new KeyFiles(directory);
        if (files.Prepare() is { } refusal) return refusal;
        if (!Contents.Read(files).Ok(out var contents, out var unusable)) return unusable;
        return new KeyFolder(files, contents, clock);
    }

    /// <summary>The key that signs for a purpose today; made and durable before it is given back for the first time.</summary>
    public SigningKey Current(string purpose, string suite)
    {
        if (_contents.Current(purpose, suite) is { } key) return key.Key;
        lock (_writing)
        {
            if (_contents.Current(purpose, suite) is null) Make(purpose, Known(suite), generation: 1);
            return _contents.Current(purpose, suite)!.Key;
        }
    }

    /// <summary>All signing keys of a purpose, of every suite, oldest first.</summary>
    public IReadOnlyList<FolderKey> All(string purpose) => [.. _contents.Keys.Where(key => key.Purpose == purpose)];

    /// <summary>The key of a purpose that a message names, whatever its generation; null when there is none.</summary>
    public FolderKey? Find(string purpose, string keyId) => _contents.Keys.FirstOrDefault(key => key.Purpose == purpose && key.Key.KeyId == keyId);

    /// <summary>Makes the next generation, which signs from now on in this process; others follow when they refresh.</summary>
    public SigningKey Rotate(string purpose, string suite)
    {
        lock (_writing)
        {
            Refresh();
            Make(purpose, Known(suite), (_contents.Current(purpose, suite)?.Generation ?? 0) + 1);
            return _contents.Current(purpose, suite)!.Key;
        }
    }

    /// <summary>The newest 32 bytes of a purpose; made and durable before they are given back for the first time.</summary>
    public ReadOnlyMemory<byte> Secret(string purpose)
    {
        if (Secrets(purpose) is [.., var newest]) return newest.Bytes;
        lock (_writing)
        {
            if (Secrets(purpose) is [])
            {
                _files.Add(new KeyFileName(purpose, KeyFileName.SymmetricSuite, 1), RandomNumberGenerator.GetBytes(SecretLength), _clock.GetUtcNow());
                Refresh();
            }

            return Secrets(purpose)[^1].Bytes;
        }
    }

    /// <summary>All symmetric keys of a purpose, oldest first.</summary>
    public IReadOnlyList<FolderSecret> Secrets(string purpose) => [.. _contents.Secrets.Where(secret => secret.Purpose == purpose)];

    /// <summary>Reads the folder again, for keys that another process made. What is unusable by now is a fault: at the start it was not.</summary>
    public void Refresh() => _contents = Contents.Read(_files).Ok(out var contents, out var refusal) ? contents : throw new CryptographicException(refusal.English);

    private void Make(string purpose, SigningSuite suite, int generation)
    {
        var pkcs8 = suite.NewPrivateKey();
        _files.Add(new KeyFileName(purpose, suite.Id, generation), pkcs8, _clock.GetUtcNow());
        CryptographicOperations.ZeroMemory(pkcs8);

        // Whether our key was the first or another process was faster: the one on the disk is the one.
        Refresh();
    }

    private static SigningSuite Known(string suite) => SigningSuites.Find(suite).Ok(out var known, out var refusal) ? known : throw new ArgumentException(refusal.English, nameof(suite));

    /// <summary>What the folder held when it was last read.</summary>
    private sealed record Contents(IReadOnlyList<FolderKey> Keys, IReadOnlyList<FolderSecret> Secrets)
    {
        private static readonly IComparer<KeyFile> NewestFirst = Comparer<KeyFile>.Create((a, b) =>
            string.CompareOrdinal(a.Name.Purpose, b.Name.Purpose) is not 0 and var purpose ? purpose
            : string.CompareOrdinal(a.Name.Suite, b.Name.Suite) is not 0 and var suite ? suite
            : b.Name.Generation.CompareTo(a.Name.Generation));

        private static readonly IComparer<FolderKey> Oldest = Comparer<FolderKey>.Create((a, b) => a.Generation != b.Generation ? a.Generation.CompareTo(b.Generation) : a.CreatedAt.CompareTo(b.CreatedAt));

        private static readonly IComparer<FolderSecret> OldestSecret = Comparer<FolderSecret>.Create((a, b) => a.Generation.CompareTo(b.Generation));

        public static Result<Contents> Read(KeyFiles folder)
        {
            if (!folder.ReadAll().Ok(out var found, out var refusal)) return refusal;
            var keys = new List<FolderKey>();
            var secrets = new List<FolderSecret>();
            // Of one purpose and suite the newest first: each was retired by the one before it.
            FolderKey? newer = null;
            var files = new List<KeyFile>(found);
            files.Sort(NewestFirst);
            foreach (var file in files)
            {
                var (purpose, suite, generation) = file.Name;
                if (suite == KeyFileName.SymmetricSuite)
                {
                    if (file.Content.Length != SecretLength) return KeyFiles.Damaged(file.Name);
                    secrets.Add(new FolderSecret(purpose, file.Content, generation, file.CreatedAt));
                    continue;
                }

                if (Load(suite, file.Content) is not { } key) return KeyFiles.Damaged(file.Name);
                var retiredAt = newer is { } next && next.Purpose == purpose && next.Key.Suite.Id == key.Suite.Id ? next.CreatedAt : (DateTimeOffset?)null;
                newer = new FolderKey(purpose, key, generation, file.CreatedAt, retiredAt);
                keys.Add(newer);
            }

            return new Contents(Ordered(keys, Oldest), Ordered(secrets, OldestSecret));
        }

        public FolderKey? Current(string purpose, string suite) =>
            Keys.FirstOrDefault(key => key.Purpose == purpose && key.Key.Suite.Id == suite && key.RetiredAt is null);

        // What is equal stays in its order; one alone needs none.
        private static List<T> Ordered<T>(List<T> some, IComparer<T> order) => some.Count > 1 ? [.. some.Order(order)] : some;

        private static SigningKey? Load(string suite, byte[] pkcs8)
        {
            try
            {
                return SigningSuites.Find(suite).Ok(out var known, out _) ? known.Load(pkcs8) : null;
            }
            catch (CryptographicException)
            {
                return null;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(pkcs8);
            }
        }
    }
}
