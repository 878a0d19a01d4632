using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Liuzhuan.Platform.Ledger;

/// <summary>Words that people write about themselves or their work, kept encrypted under the keys of the data folder.</summary>
internal sealed class SealedWords(IDataProtector protector)
{
    public string Seal(string words) => words.Length == 0 ? "" : protector.Protect(words);

    /// <summary>Null when they cannot be read any more: erased, or the key is gone.</summary>
    public string? Open(string kept)
    {
        if (kept.Length == 0) return null;
        try
        {
            return protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
