using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Platform.Signing.Tokens;

/// <summary>
/// Tokens whose signature was found good, by the SHA-256 of their text. Bounded: when the younger half is full, it becomes the older one and the
/// older is dropped; a token that is used moves to the younger half, so what is in use stays.
/// </summary>
internal sealed class SeenTokens(int most)
{
    private readonly Lock _turn = new();
    private Dictionary<Key, AccessToken> _younger = [], _older = [];

    public bool TryFind(string text, [NotNullWhen(true)] out AccessToken? token)
    {
        var key = Key.Of(text);
        lock (_turn)
        {
            if (_younger.TryGetValue(key, out token)) return true;
            if (!_older.Remove(key, out token)) return false;
            Put(key, token);
            return true;
        }
    }

    public void Add(string text, AccessToken token)
    {
        var key = Key.Of(text);
        lock (_turn) Put(key, token);
    }

    private void Put(Key key, AccessToken token)
    {
        if (_younger.Count >= most / 2) (_younger, _older) = ([], _younger);
        _younger[key] = token;
    }

    private readonly record struct Key(UInt128 High, UInt128 Low)
    {
        private const int Longest = 4096;

        public static Key Of(string text)
        {
            // Longer ones are refused and never kept; a cut one hashes to something that nobody has put in.
            Span<byte> bytes = stackalloc byte[Longest], hash = stackalloc byte[SHA256.HashSizeInBytes];
            Encoding.UTF8.TryGetBytes(text, bytes, out var written);
            SHA256.HashData(bytes[..written], hash);
            return new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
        }
    }
}
