using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Remembers, in a file beside a large snapshot, that all its sections had their checksums, so that the next short command need not read it whole again.
/// Holds for this very file (device, inode, size, times of birth, of content and of change, header), until the machine starts anew, for a day at most.
/// </summary>
internal sealed class CheckedMark
{
    public const string Suffix = ".checked";

    /// <summary>Checking less than this takes no time worth a file.</summary>
    public const long LeastLength = 64 << 20;

    private const string BootId = "/proc/sys/kernel/random/boot_id";
    private const int EmptyPath = 0x1000, Longest = 200;
    private const uint Basic = 0x7ff, Birth = 0x800;
    private const int Identity = 32, IdentityEnd = 48, Born = 80, Changed = 96, TimesEnd = 128, Device = 136, DeviceEnd = 144;

    // Time stamps of files move on in steps; the longest known are of two seconds, on file systems for exchange with other systems.
    private const long Second = 1_000_000_000, Tick = 2 * Second;

    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private readonly string _register, _name;
    private readonly long _changed;
    private int _isLeft;

    private CheckedMark(string register, string name, long changed) => (_register, _name, _changed) = (register, name, changed);

    /// <summary>The mark of an open snapshot file; null where the system cannot tell this file from one changed since, or where it is small.</summary>
    /// <param name="header">The file's first page.</param>
    /// <param name="leastLength">In bytes: a smaller file has no mark.</param>
    public static CheckedMark? Of(FileStream file, string path, ReadOnlySpan<byte> header, long leastLength)
    {
        if (!OperatingSystem.IsLinux() || file.Length < leastLength || BootOf() is not { } boot) return null;
        var status = new byte[FileNode.StatusBytes];
        var handle = (int)file.SafeFileHandle.DangerousGetHandle();
        if (FileNode.Statx(handle, "", EmptyPath, Basic | Birth, status) != 0) return null;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(status.AsSpan(Identity..IdentityEnd));
        digest.AppendData(status.AsSpan(Born..TimesEnd));
        digest.AppendData(status.AsSpan(Device..DeviceEnd));
        digest.AppendData(header);
        digest.AppendData(boot);
        return new CheckedMark(path, HexText.Lower(digest.GetHashAndReset()), Instant(status));
    }

    /// <summary>Were all sections found sound already?</summary>
    public bool IsLeft()
    {
        try
        {
            using var file = new FileStream(_register + Suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            Span<byte> bytes = stackalloc byte[Longest];
            var parts = Encoding.ASCII.GetString(bytes[..file.Read(bytes)]).Split(' ');
            return parts.Length == 2 && parts[0] == _name && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var then)
                && Environment.TickCount64 - then is >= 0 and var age && age < Day;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>To be called once all sections were found sound. Where it cannot be written, the next command checks again.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) != 0) return;
        var temporary = $"{_register}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp";
        try
        {
            File.WriteAllText(temporary, string.Create(CultureInfo.InvariantCulture, $"{_name} {Environment.TickCount64}"), Encoding.ASCII);
            // A file that changed within the tick of its time stamp looks the same before and after.
            var status = new byte[FileNode.StatusBytes];
            if (FileNode.Statx(FileNode.CurrentDirectory, temporary, 0, Basic, status) == 0 && Instant(status) > _changed + Tick) File.Move(temporary, _register + Suffix, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }

        try
        {
            File.Delete(temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    // Of its last change, in nanoseconds.
    private static long Instant(byte[] status) => BinaryPrimitives.ReadInt64LittleEndian(status.AsSpan(Changed)) * Second + BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(Changed + sizeof(long)));

    private static byte[]? BootOf()
    {
        try
        {
            return File.ReadAllBytes(BootId);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
