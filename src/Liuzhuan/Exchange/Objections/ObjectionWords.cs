using Liuzhuan.Platform.Ledger;
using Microsoft.AspNetCore.DataProtection;

namespace Liuzhuan.Exchange.Objections;

/// <summary>What people write in objections and in answers to them.</summary>
internal sealed class ObjectionWords(IDataProtectionProvider protection)
{
    public const int Longest = 500;

    private readonly SealedWords _sealed = new(protection.CreateProtector("objections"));

    public string Seal(string words) => _sealed.Seal(words);

    /// <inheritdoc cref="SealedWords.Open"/>
    public string? Open(string kept) => _sealed.Open(kept);

    /// <summary>What was typed, on lines as it was typed, without what a page or a log could stumble over.</summary>
    public static string Clean(string? typed) =>
        new([.. (typed ?? "").ReplaceLineEndings("\n").Trim().Where(letter => letter == '\n' || !char.IsControl(letter))]);
}
