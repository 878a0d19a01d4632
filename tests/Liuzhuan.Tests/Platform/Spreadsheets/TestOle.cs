using System.Buffers.Binary;
using System.Text;

namespace Liuzhuan.Tests.Platform.Spreadsheets;

/// <summary>The smallest OLE container with streams of the given names.</summary>
internal static class TestOle
{
    public static byte[] With(params string[] names)
    {
        var file = new byte[512 * 4];
        ((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(30), 9);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(48), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(76), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(512 + 4), 0xFFFFFFFE);
        string[] entries = ["Root Entry", .. names];
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = file.AsSpan(1024 + i * 128);
            Encoding.Unicode.GetBytes(entries[i], entry);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)(entries[i].Length * 2 + 2));
        }

        return file;
    }
}
