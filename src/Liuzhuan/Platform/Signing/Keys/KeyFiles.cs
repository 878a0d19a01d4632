using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Signing.Keys;

/// <summary>Key files on the disk: readable by their owner only, each under its name whole and for good, or not at all.</summary>
internal sealed class KeyFiles(string directory)
{
    private const int AlreadyThere = 17;
    private const int LongestFile = 16 * 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int CreatedLength = 28;
    private const string PrivateLabel = "PRIVATE KEY", SymmetricLabel = "SYMMETRIC KEY";
    private const string CreatedLabel = "Created: ", CreatedForm = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    private readonly string _directory = Path.GetFullPath(directory);

    /// <summary>Makes the directory when it is missing; a refusal when it is open to others.</summary>
    public Refusal? Prepare()
    {
        if (OperatingSystem.IsWindows()) return NoModes;
        if (!Directory.Exists(_directory))
        {
            Directory.CreateDirectory(_directory, OwnerOnly | UnixFileMode.UserExecute);
            DurableFile.FlushDirectory(Path.GetDirectoryName(_directory) ?? "/");
        }

        return TooOpen(_directory, "0700");
    }

    /// <summary>Every key file of the directory. Names that do not end in .pem are nobody's business; a .pem of an unknown name is refused, for it would be a key that nobody uses.</summary>
    public Result<IReadOnlyCollection<KeyFile>> ReadAll()
    {
        if (OperatingSystem.IsWindows()) return NoModes;
        var files = new List<KeyFile>();
        foreach (var path in Directory.EnumerateFiles(_directory, "*" + KeyFileName.Ending))
        {
            if (KeyFileName.Parse(Path.GetFileName(path)) is not { } name) return UnknownName(Path.GetFileName(path));
            if (TooOpen(path, "0600") is { } refusal) return refusal;
            if (new FileInfo(path).Length > LongestFile || Parse(name, File.ReadAllText(path)) is not { } file) return Damaged(name);
            files.Add(file);
        }

        return files.AsReadOnly();
    }

    /// <summary>Adds a file durably, complete from the first instant; when that name is there already, the one that is there stays and nothing happens.</summary>
    public void Add(KeyFileName name, ReadOnlySpan<byte> content, DateTimeOffset now)
    {
        // A file that could not be read back would make the whole folder unusable.
        if (KeyFileName.Parse(name.ToString()) is null) throw new ArgumentException("A purpose is small letters, digits and hyphens.", nameof(name));
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException(NoModes.English);
        var target = Path.Combine(_directory, name.ToString());
        var temporary = Path.Combine(_directory, $".{name}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Delete, UnixCreateMode = OwnerOnly, BufferSize = 0 };
        using var file = new FileStream(temporary, options);
        try
        {
            file.Write(Encoding.ASCII.GetBytes(Text(name, content, now)));
            file.Flush(flushToDisk: true);
            DurableFile.RemoveLeftovers(target, temporary);
            Place(temporary, target);
        }
        finally
        {
            File.Delete(temporary);
        }

        DurableFile.FlushDirectory(_directory);
    }

    public static Refusal Damaged(KeyFileName name) => new("key.damaged",
        $"密钥文件 {name} 已损坏，或与其名称所示的用途不符：请从备份恢复该文件；没有备份时把它移走，程序会生成新的密钥，并须重新公布公钥。",
        $"The key file {name} is damaged, or is not what its name says: restore it from a backup. Without one, move it away; a new key will be made, and its public half must be published again.");

    private static readonly Refusal NoModes = new("key.no-modes",
        "本系统不能保证密钥文件只有所有者可读：请在 Linux 上运行服务。",
        "This system cannot keep key files to their owner: run the service on Linux.");

    private static Refusal UnknownName(string name) => new("key.unknown-file",
        $"密钥目录中有不认识的文件 {name}：请移走，或改回形如 answers.ES256.0001.pem 的名称。",
        $"The key folder holds a file of unknown name, {name}: move it away, or give it back a name such as answers.ES256.0001.pem.");

    [UnsupportedOSPlatform("windows")]
    private static Refusal? TooOpen(string path, string wanted)
    {
        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) == 0) return null;
        var octal = Convert.ToString((int)mode, 8);
        return new Refusal("key.too-open",
            $"{path} 的权限为 {octal}，其他用户可以接触私钥，已停止使用：请执行 chmod {wanted} \"{path}\"；如可能已被他人读取，请更换密钥。",
            $"{path} has mode {octal}, so other users can reach private keys; it is not used. Run: chmod {wanted} \"{path}\". If somebody may have read it, rotate the keys.");
    }

    // The explanatory text before the PEM block (RFC 7468 section 5.2) says when the key began: a copy or a backup loses the file's own time.
    private static string Text(KeyFileName name, ReadOnlySpan<byte> content, DateTimeOffset now) =>
        $"Created: {now.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffffZ}\n{PemEncoding.WriteString(Label(name), content)}\n";

    private static KeyFile? Parse(KeyFileName name, string text)
    {
        var (begin, end) = ($"-----BEGIN {Label(name)}-----", $"-----END {Label(name)}-----");
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.LastIndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from + begin.Length || Created(text.AsSpan(0, from)) is not { } created) return null;
        var encoded = text.AsSpan((from + begin.Length)..to);
        var content = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, content, out var length)) return null;
        var file = new KeyFile(name, content[..length], created);
        CryptographicOperations.ZeroMemory(content);
        return file;
    }

    // The first line that says it.
    private static DateTimeOffset? Created(ReadOnlySpan<char> explanation)
    {
        for (var rest = explanation; rest.Length > 0;)
        {
            var end = rest.IndexOf('\n') is >= 0 and var found ? found : rest.Length;
            var line = rest[..end].TrimEnd('\r');
            rest = rest[Math.Min(end + 1, rest.Length)..];
            if (CreatedIn(line) is { } created) return created;
        }

        // Whoever mended it by hand may have ended lines in rarer ways.
        foreach (var line in explanation.EnumerateLines())
        {
            if (CreatedIn(line) is { } created) return created;
        }

        return null;
    }

    private static DateTimeOffset? CreatedIn(ReadOnlySpan<char> line) => line.StartsWith(CreatedLabel, StringComparison.Ordinal) ? Instant(line[CreatedLabel.Length..]) : null;

    // As we write it, read without the calendars of all cultures; with fewer digits behind the second, by the platform.
    private static DateTimeOffset? Instant(ReadOnlySpan<char> text)
    {
        Span<byte> ascii = stackalloc byte[CreatedLength];
        if (text.Length == CreatedLength && text[^1] == 'Z' && Ascii.FromUtf16(text, ascii, out _) == OperationStatus.Done
            && Utf8Parser.TryParse(ascii, out DateTimeOffset instant, out var used, 'O') && used == CreatedLength) return instant;
        return DateTimeOffset.TryParseExact(text, CreatedForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant) ? instant : null;
    }

    private static string Label(KeyFileName name) => name.Suite == KeyFileName.SymmetricSuite ? SymmetricLabel : PrivateLabel;

    // A link is made or refused in one step by the file system, so of two processes one wins and both know.
    private static void Place(string temporary, string target)
    {
        if (Link(temporary, target) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        if (error != AlreadyThere) throw new IOException($"The key file {target} could not be put in place: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}

/// <summary>A key file as it was read: PKCS#8, or the random bytes of a symmetric key.</summary>
internal sealed record KeyFile(KeyFileName Name, byte[] Content, DateTimeOffset CreatedAt);
