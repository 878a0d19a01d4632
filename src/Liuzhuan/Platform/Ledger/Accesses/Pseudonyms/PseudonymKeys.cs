using Liuzhuan.Platform.Signing.Keys;

namespace Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

/// <summary>The pseudonym keys of a key folder.</summary>
internal static class PseudonymKeys
{
    /// <summary>The one under which accesses are recorded now; made when there is none.</summary>
    public static PseudonymKey Current(KeyFolder folder) => new(folder.Secret(KeyPurposes.Pseudonyms).Span);

    /// <summary>All there ever were: a list is complete only under all of them.</summary>
    public static IReadOnlyList<PseudonymKey> All(KeyFolder folder)
    {
        folder.Secret(KeyPurposes.Pseudonyms);
        return [.. folder.Secrets(KeyPurposes.Pseudonyms).Select(secret => new PseudonymKey(secret.Bytes.Span))];
    }
}
