using System.Buffers.Binary;
using System.Numerics;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Packs short names exactly: each plain character of the basic plane that occurs in the register has a code, and a name is its codes side by side.
/// A character without a code makes a name "not codable", which equals no packed name.
/// </summary>
internal sealed class NameCodec
{
    private const int BudgetBits = 42, LeastChars = 3;

    private readonly ushort[] _codeOf = new ushort[65536];
    private readonly char[] _charOf;
    private readonly ushort[] _plainCodeOf = new ushort[65536];
    private readonly Lazy<ushort[]> _codeOfGb;

    /// <param name="characters">The characters of the register, sorted.</param>
    public NameCodec(IReadOnlyList<char> characters)
    {
        _charOf = ['\0', .. characters];
        for (var i = 1; i < _charOf.Length; i++)
        {
            _codeOf[_charOf[i]] = (ushort)i;
            if (!char.IsSurrogate(_charOf[i]) && PersonName.IsPlain(_charOf[i])) _plainCodeOf[_charOf[i]] = (ushort)i;
        }

        _codeOfGb = new Lazy<ushort[]>(GbCodes);
        CharBits = Math.Max(2, BitOperations.Log2((uint)_charOf.Length) + 1);
        MaxChars = Math.Max(LeastChars, BudgetBits / CharBits);
    }

    public int CharBits { get; }

    public int MaxChars { get; }

    /// <summary>Bits of a packed name; the escape bit stands above them.</summary>
    public int NameBits => CharBits * MaxChars;

    /// <summary>Code of each character of the basic plane, 0 for none.</summary>
    public ushort[] CodeOf => _codeOf;

    /// <summary>The same for plain characters only, which stand for themselves in any name.</summary>
    public ushort[] PlainCodeOf => _plainCodeOf;

    /// <summary>Code of the plain character of each two-byte GB18030 sequence (first byte high), 0 for none.</summary>
    public ushort[] CodeOfGb => _codeOfGb.Value;

    public int CharacterCount => _charOf.Length - 1;

    /// <summary>False when the name is empty, too long or has a character without a code.</summary>
    public bool TryEncode(ReadOnlySpan<char> canonical, out ulong code)
    {
        code = 0;
        if (canonical.IsEmpty || canonical.Length > MaxChars) return false;
        for (var i = canonical.Length - 1; i >= 0; i--)
        {
            var one = _codeOf[canonical[i]];
            if (one == 0) return false;
            code = code << CharBits | one;
        }

        return true;
    }

    /// <summary>The name behind a packed value.</summary>
    public string Decode(ulong code)
    {
        Span<char> chars = stackalloc char[64];
        var length = 0;
        for (var mask = (1UL << CharBits) - 1; code != 0; code >>= CharBits) chars[length++] = _charOf[code & mask];
        return new string(chars[..length]);
    }

    public char CharOf(ulong code) => _charOf[code];

    public byte[] ToBytes()
    {
        var bytes = new byte[(_charOf.Length - 1) * 2];
        for (var i = 1; i < _charOf.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((i - 1) * 2), _charOf[i]);
        return bytes;
    }

    public static NameCodec FromBytes(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[bytes.Length / 2];
        for (var i = 0; i < characters.Length; i++) characters[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]);
        return new NameCodec(characters);
    }

    private ushort[] GbCodes()
    {
        var codes = new ushort[65536];
        var encoding = CellText.Gb18030;
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 1; i < _charOf.Length; i++)
        {
            if (_plainCodeOf[_charOf[i]] != 0 && encoding.TryGetBytes(_charOf.AsSpan(i, 1), bytes, out var written) && written == 2)
                codes[bytes[0] << 8 | bytes[1]] = (ushort)i;
        }

        return codes;
    }
}
