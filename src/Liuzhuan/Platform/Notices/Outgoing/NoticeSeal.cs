using System.Security.Cryptography;
using System.Text.Json;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.DataProtection;

namespace Liuzhuan.Platform.Notices.Outgoing;

/// <summary>What of a notice may hold personal data: where it goes and what it says. Lies encrypted.</summary>
internal sealed record NoticeContent(string? Address, string Language, IReadOnlyDictionary<string, Text> Values);

/// <summary>Encrypts contents with the keys of the data folder (docs/operations.md: hosts of one service share it), and opens them again.</summary>
internal sealed class NoticeSeal(IDataProtectionProvider protection)
{
    /// <summary>The name that the keys belong to; the same wherever they are used.</summary>
    public const string Application = "liuzhuan";

    private readonly IDataProtector _protector = protection.CreateProtector("Liuzhuan.Platform.Notices");

    /// <summary>For a program that is no service: a command on the same data folder.</summary>
    /// <param name="folder">The data folder.</param>
    public static NoticeSeal Of(string folder) => new(DataProtectionProvider.Create(PrivateFolder.Create(Path.Combine(folder, "keys")), keys => keys.SetApplicationName(Application)));

    public byte[] Close(NoticeContent content) => _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(content));

    /// <summary>Null when the keys of this host cannot open it.</summary>
    public NoticeContent? Open(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<NoticeContent>(_protector.Unprotect(content));
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
