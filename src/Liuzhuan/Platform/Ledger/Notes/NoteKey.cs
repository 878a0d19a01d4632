using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;

namespace Liuzhuan.Platform.Ledger.Notes;

/// <summary>A public key as signed notes name it (C2SP signed-note): the key of a log, by which anybody checks its checkpoints.</summary>
internal sealed class NoteKey
{
    private const byte Ed25519Type = 1;
    private const int PublicKeySize = 32, LongestName = 200;

    private readonly byte[] _publicKey;

    private NoteKey(string name, byte[] publicKey)
    {
        (Name, _publicKey) = (name, publicKey);
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Type, .. publicKey]));
    }

    /// <summary>The name that stands in signature lines; for a log it is its origin.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of SHA-256 over name, line feed, key type and key.</summary>
    public uint Id { get; }

    /// <param name="key">An Ed25519 key.</param>
    public static NoteKey Of(string name, SigningKey key) => IsName(name) && key.PublicKey.Length == PublicKeySize
        ? new NoteKey(name, key.PublicKey.ToArray())
        : throw new ArgumentException($"\"{name}\" with a key of suite {key.Suite.Id} cannot sign notes: the name must have neither spaces nor plus signs, the suite must be Ed25519.", nameof(name));

    /// <summary>Reads <c>name+hhhhhhhh+base64</c>.</summary>
    public static Result<NoteKey> Parse(string text)
    {
        // The key's own text may hold a plus sign; name and id cannot.
        if (text.Split('+', 3) is not [var name, var id, var encoded] || !IsName(name) || !TryDecode(encoded, out var bytes)) return NoteRefusals.Key;
        if (bytes is not [Ed25519Type, .. { Length: PublicKeySize } publicKey]) return NoteRefusals.Key;
        var key = new NoteKey(name, publicKey);
        return id.Length == 8 && uint.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && number == key.Id ? key : NoteRefusals.Key;
    }

    /// <summary>True for a name that signature lines can carry.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= LongestName && !name.Any(letter => letter == '+' || char.IsWhiteSpace(letter) || char.IsControl(letter));

    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => SigningSuites.Ed25519.Verify(_publicKey, text, signature);

    /// <summary><c>name+hhhhhhhh+base64</c>, as other people's tools read it.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([Ed25519Type, .. _publicKey])}";

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[PublicKeySize + 1];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == bytes.Length && Convert.ToBase64String(bytes) == text;
    }
}
