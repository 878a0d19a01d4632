using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Delimited.Text;

/// <summary>Reads a file from its first byte as working bytes, its byte order mark set apart.</summary>
internal sealed class WorkingReader
{
    private readonly Stream _input;
    private readonly TextForm _form;
    private byte[] _pending = new byte[4];
    private int _pendingLength;
    private char[] _units = [];
    private bool _ended;

    public WorkingReader(Stream input, TextForm form)
    {
        (_input, _form) = (input, form);
        if (input.CanSeek)
        {
            input.Position = 0;
            TotalBytes = input.Length;
        }

        ReadBom();
    }

    /// <summary>The byte order mark the file begins with, or nothing.</summary>
    public byte[] Bom { get; private set; } = [];

    /// <summary>Length of the file, or 0 when it is not known.</summary>
    public long TotalBytes { get; }

    /// <summary>File bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>After the end: the odd last byte of a UTF-16 file, which is half a character and belongs to no cell.</summary>
    public ReadOnlySpan<byte> Rest => _form.IsUtf16() ? _pending.AsSpan(0, _pendingLength) : [];

    /// <summary>Reads some bytes, at least one, into a room of at least 16; 0 at the end of the file.</summary>
    public int Read(Span<byte> room)
    {
        if (_form.IsUtf16()) return ReadUtf16(room);
        if (_pendingLength == 0) return ReadFile(room);
        _pending.AsSpan(0, _pendingLength).CopyTo(room);
        var length = _pendingLength;
        _pendingLength = 0;
        return length;
    }

    private void ReadBom()
    {
        var bom = _form.Bom();
        while (_pendingLength < bom.Length)
        {
            var read = ReadFile(_pending.AsSpan(_pendingLength, bom.Length - _pendingLength));
            if (read == 0) break;
            _pendingLength += read;
        }

        if (!_pending.AsSpan(0, _pendingLength).SequenceEqual(bom)) return;
        Bom = bom.ToArray();
        _pendingLength = 0;
    }

    private int ReadFile(Span<byte> room)
    {
        if (_ended) return 0;
        var read = _input.Read(room);
        if (read == 0) _ended = true;
        BytesRead += read;
        return read;
    }

    // Up to three bytes wait for the next call: half a unit, or the first half of a surrogate pair.
    private int ReadUtf16(Span<byte> room)
    {
        var unitRoom = Math.Max(room.Length / Wtf8.MaxBytesPerUnit, 4);
        if (_units.Length < unitRoom) _units = new char[unitRoom];
        var raw = MemoryMarshal.AsBytes(_units.AsSpan(0, unitRoom));
        while (true)
        {
            _pending.AsSpan(0, _pendingLength).CopyTo(raw);
            var length = _pendingLength;
            var read = ReadFile(raw[length..]);
            length += read;
            var count = length / 2;
            _pendingLength = 0;
            if (read > 0 && count > 0 && IsHigh(raw[(count * 2 - 2)..])) count--;
            _pendingLength = length - count * 2;
            raw[(count * 2)..length].CopyTo(_pending);
            if (count == 0 && read > 0) continue;
            var units = _units.AsSpan(0, count);
            Wtf8.SwapToMachine(units, _form == TextForm.Utf16BigEndian);
            return Wtf8.Encode(units, room);
        }
    }

    private bool IsHigh(ReadOnlySpan<byte> unit) => (_form == TextForm.Utf16BigEndian ? unit[0] : unit[1]) is >= 0xD8 and <= 0xDB;
}
