using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.People.Forms;

/// <summary>A form as somebody sent it: which session, which copy of the page, and what was written in it. Sent again, by a reload or a second press, it is the same one; with other content it is another.</summary>
/// <param name="Digest">Of all that. The page's number is random and kept nowhere, so nobody finds out from the digest what was written.</param>
internal sealed record SentForm(ReadOnlyMemory<byte> Digest)
{
    /// <summary>The hidden field that holds the page's number.</summary>
    public const string Field = "form";

    private const int IdBytes = 16;

    public static readonly Refusal Unnumbered = new("form.unnumbered",
        "这张表单不完整，无法保证只办一次，所以没有办理。请重新打开页面再提交。",
        "The form is not complete, so that nobody could make sure it is done only once; nothing was done. Open the page anew and send it again.");

    /// <summary>A number for a form of a page that is being made.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <param name="id">As it came with the form.</param>
    /// <param name="contents">What is done, and all that was written for it, in a fixed order.</param>
    public static Result<SentForm> Of(Actor actor, string? id, params ReadOnlySpan<string?> contents)
    {
        if (id is null || !Base64Url.IsValid(id, out var bytes) || bytes != IdBytes) return Unnumbered;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, actor.Session);
        Add(hash, id);
        foreach (var content in contents) Add(hash, content ?? "");
        return new SentForm(hash.GetHashAndReset());
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
