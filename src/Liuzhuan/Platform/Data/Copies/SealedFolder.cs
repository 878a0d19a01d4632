using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>A small folder of secrets, packed and sealed with a passphrase: PBKDF2 with SHA-256 (RFC 8018), AES-256-GCM (NIST SP 800-38D).</summary>
internal static class SealedFolder
{
    public const int ShortestPassphrase = 12;

    private const int Iterations = 600_000, SaltBytes = 16, KeyBytes = 32, NonceBytes = 12, TagBytes = 16, Largest = 16 << 20;

    /// <summary>The first line of a passphrase file.</summary>
    public static Result<string> ReadPassphrase(string path) =>
        File.ReadLines(path).FirstOrDefault()?.Trim() is { Length: >= ShortestPassphrase } passphrase ? passphrase : BackupRefusals.Passphrase(path);

    /// <summary>All files of a folder: path within it, modes and content; in the order of their paths.</summary>
    public static Result<byte[]> Pack(string folder)
    {
        using var packed = new MemoryStream();
        using var to = new BinaryWriter(packed);
        if (!Directory.Exists(folder)) return packed.ToArray();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (packed.Length + new FileInfo(path).Length > Largest) return BackupRefusals.KeysTooLarge(folder);
            var content = File.ReadAllBytes(path);
            to.Write(Path.GetRelativePath(folder, path));
            to.Write(OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(path));
            to.Write(content.Length);
            to.Write(content);
        }

        return packed.ToArray();
    }

    /// <param name="bound">Bytes the seal holds for only: the checksum of the backup's header.</param>
    public static byte[] Seal(ReadOnlySpan<byte> packed, string passphrase, ReadOnlySpan<byte> bound)
    {
        var parts = new byte[sizeof(int) + SaltBytes + NonceBytes + TagBytes + packed.Length];
        BinaryPrimitives.WriteInt32BigEndian(parts, Iterations);
        RandomNumberGenerator.Fill(parts.AsSpan(sizeof(int), SaltBytes + NonceBytes));
        var (salt, nonce, tag, content) = Parts(parts);
        using var cipher = new AesGcm(Rfc2898DeriveBytes.Pbkdf2(passphrase, parts[salt], Iterations, HashAlgorithmName.SHA256, KeyBytes), TagBytes);
        cipher.Encrypt(parts.AsSpan(nonce), packed, parts.AsSpan(content), parts.AsSpan(tag), bound);
        return parts;
    }

    public static Result<byte[]> Open(byte[] sealedParts, string passphrase, ReadOnlySpan<byte> bound)
    {
        var iterations = sealedParts.Length < sizeof(int) + SaltBytes + NonceBytes + TagBytes ? 0 : BinaryPrimitives.ReadInt32BigEndian(sealedParts);
        if (iterations is < 1 or > 100_000_000) return BackupRefusals.WrongPassphrase();
        var (salt, nonce, tag, content) = Parts(sealedParts);
        using var cipher = new AesGcm(Rfc2898DeriveBytes.Pbkdf2(passphrase, sealedParts[salt], iterations, HashAlgorithmName.SHA256, KeyBytes), TagBytes);
        var packed = new byte[sealedParts.AsSpan(content).Length];
        try
        {
            cipher.Decrypt(sealedParts.AsSpan(nonce), sealedParts.AsSpan(content), sealedParts.AsSpan(tag), packed, bound);
            return packed;
        }
        catch (AuthenticationTagMismatchException)
        {
            return BackupRefusals.WrongPassphrase();
        }
    }

    /// <summary>Puts a packed folder in place, durably and closed to others. One that is there is kept beside it, under the name that is given back.</summary>
    public static string? Place(byte[] packed, string folder, DateTimeOffset now)
    {
        folder = Path.GetFullPath(folder);
        var (above, name) = (Path.GetDirectoryName(folder)!, Path.GetFileName(folder));
        // What a killed restore left: never in place, so nobody's.
        foreach (var left in Directory.Exists(above) ? Directory.EnumerateDirectories(above, $"{name}.*.new") : []) Directory.Delete(left, recursive: true);
        var made = $"{folder}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.new";
        PrivateFolder.Create(made);
        using (var from = new BinaryReader(new MemoryStream(packed), Encoding.UTF8))
        {
            while (from.BaseStream.Position < packed.Length) PlaceFile(from, made);
        }

        DurableFile.FlushDirectory(made);
        string? old = null;
        if (Directory.Exists(folder)) Directory.Move(folder, old = $"{folder}.replaced-{now:yyyyMMdd'T'HHmmss}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
        Directory.Move(made, folder);
        DurableFile.FlushDirectory(above);
        return old;
    }

    private static void PlaceFile(BinaryReader from, string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, from.ReadString()));
        // The seal vouches for the one who made the backup; nobody gets to write elsewhere all the same.
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new InvalidDataException("A key lies outside its folder.");
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        var mode = (UnixFileMode)from.ReadInt32();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(from.ReadBytes(from.ReadInt32()));
        file.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows() && mode != UnixFileMode.None) File.SetUnixFileMode(file.SafeFileHandle, mode & (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private static (Range Salt, Range Nonce, Range Tag, Range Content) Parts(byte[] parts)
    {
        const int salt = sizeof(int), nonce = salt + SaltBytes, tag = nonce + NonceBytes, content = tag + TagBytes;
        return (salt..nonce, nonce..tag, tag..content, content..parts.Length);
    }
}
