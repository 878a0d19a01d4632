using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Delimited.Text;

/// <summary>Turns working bytes that end at a character into file bytes. One per thread.</summary>
internal sealed class WorkingWriter(TextForm form)
{
    private char[] _units = [];

    /// <summary>File bytes for <paramref name="working"/>, valid until the next call.</summary>
    public ReadOnlySpan<byte> ToFile(ReadOnlySpan<byte> working)
    {
        if (!form.IsUtf16()) return working;
        if (_units.Length < working.Length) _units = new char[Math.Max(working.Length, _units.Length * 2)];
        var units = _units.AsSpan(0, Wtf8.Decode(working, _units));
        Wtf8.SwapToMachine(units, form == TextForm.Utf16BigEndian);
        return MemoryMarshal.AsBytes(units);
    }
}
