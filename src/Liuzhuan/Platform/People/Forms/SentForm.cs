using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.People.Forms;

/// <summary>
/// A form as somebody sent it: which session, which copy of the page, and what was written in it. Sent again, by a reload or a second press, it is the same one; with other content it is another.
/// What came of it is sealed with a key that is made of the same: the page's number is random and kept nowhere, so only whoever sends the form again can read it.
/// </summary>
internal sealed class SentForm
{
    /// <summary>The hidden field that holds the page's number.</summary>
    public const string Field = "form";

    private const int IdBytes = 16, KeyBytes = 32, NonceBytes = 12, TagBytes = 16;

    public static readonly Refusal Unnumbered = new("form.unnumbered",
        "这张表单不完整，无法保证只办一次，所以没有办理。请重新打开页面再提交。",
        "The form is not complete, so that nobody could make sure it is done only once; nothing was done. Open the page anew and send it again.");

    private static readonly Range Nonce = ..NonceBytes, Tag = NonceBytes..(NonceBytes + TagBytes), Content = (NonceBytes + TagBytes)..;

    private readonly byte[] _key;

    private SentForm(byte[] digest, byte[] key) => (Digest, _key) = (digest, key);

    /// <summary>Of all that. Nobody finds out from it what was written.</summary>
    public byte[] Digest { get; }

    /// <summary>A number for a form of a page that is being made.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <param name="id">As it came with the form.</param>
    /// <param name="contents">What is done, and all that was written for it, in a fixed order.</param>
    public static Result<SentForm> Of(Actor actor, string? id, params ReadOnlySpan<string?> contents)
    {
        if (id is null || !Base64Url.IsValid(id, out var bytes) || bytes != IdBytes) return Unnumbered;
        // Of the same by two functions: the one that is kept leads to none of the other.
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var key = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        foreach (var hash in new[] { digest, key })
        {
            Add(hash, actor.Session);
            Add(hash, id);
            foreach (var content in contents) Add(hash, content ?? "");
        }

        return new SentForm(digest.GetHashAndReset(), key.GetHashAndReset()[..KeyBytes]);
    }

    /// <summary>What came of the form, as it is kept; as long as the words are, so they should be of one length where that tells something.</summary>
    public string Seal(string result)
    {
        var parts = new byte[NonceBytes + TagBytes + Encoding.UTF8.GetByteCount(result)];
        RandomNumberGenerator.Fill(parts.AsSpan(Nonce));
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(parts.AsSpan(Nonce), Encoding.UTF8.GetBytes(result), parts.AsSpan(Content), parts.AsSpan(Tag));
        return Base64Url.EncodeToString(parts);
    }

    /// <exception cref="CryptographicException">It is not what was sealed for this form.</exception>
    public string Open(string kept)
    {
        // Shorter than any seal is what an earlier version wrote as it was; those rows go with their sessions.
        if (kept.Length < Base64Url.GetEncodedLength(NonceBytes + TagBytes)) return kept;
        var parts = Base64Url.DecodeFromChars(kept);
        var result = new byte[parts.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Decrypt(parts.AsSpan(Nonce), parts.AsSpan(Content), parts.AsSpan(Tag), result);
        return Encoding.UTF8.GetString(result);
    }

    // With its length, so that two fields are never the same as one.
    private static void Add(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, Encoding.UTF8.GetByteCount(text));
        hash.AppendData(length);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
