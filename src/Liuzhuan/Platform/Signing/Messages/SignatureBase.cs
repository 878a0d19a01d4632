using System.Buffers;
using System.Globalization;
using System.Text;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>The bytes that are signed (RFC 9421 section 2.5), built in a buffer of the caller that grows when needed. Dispose gives the memory back.</summary>
internal ref struct SignatureBase(Span<byte> buffer)
{
    /// <summary>A buffer of this many bytes is enough for nearly every message.</summary>
    public const int UsualLength = 2048;

    private const int MostBytes = 64 * 1024;

    private Span<byte> _bytes = buffer;
    private byte[]? _rented;
    private int _length;

    public readonly ReadOnlySpan<byte> Bytes => _bytes[.._length];

    /// <summary>Writes all of it. False when a covered part is absent, or holds what cannot stand in a base: control characters, letters outside ASCII.</summary>
    public bool TryBuild(HttpMessage message, IReadOnlyList<Component> components, ReadOnlySpan<char> parameters)
    {
        for (var i = 0; i < components.Count; i++)
        {
            var component = components[i];
            if ((component.OfRequest ? message.Request : message) is not { } part) return false;
            if (!Append("\"") || !Append(component.Name) || !Append(component.OfRequest ? "\";req: " : "\": ") || !AppendValue(part, component.Name)) return false;
            EndLine();
        }

        return Append("\"@signature-params\": ") && Append(parameters);
    }

    public readonly void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
    }

    private bool AppendValue(HttpMessage part, string name) => name switch
    {
        "@method" => AppendPresent(part.Method),
        "@target-uri" => AppendPresent(part.Scheme) && Append("://") && AppendPresent(part.Authority) && AppendPresent(part.Path) && (part.Query is null or "?" || Append(part.Query)),
        "@authority" => AppendPresent(part.Authority),
        "@path" => AppendPresent(part.Path),
        "@query" => AppendPresent(part.Query),
        "@status" => part.Status is { } status && Append(status.ToString(CultureInfo.InvariantCulture)),
        _ => AppendField(part, name),
    };

    // Section 2.1: lines without the blanks around them, with ", " between.
    private bool AppendField(HttpMessage part, string name)
    {
        var lines = part.Field(name);
        for (var i = 0; i < lines.Count; i++)
        {
            if ((i > 0 && !Append(", ")) || !Append(lines[i].AsSpan().Trim(" \t"))) return false;
        }

        return lines.Count > 0;
    }

    private bool AppendPresent(string? value) => value is not null && Append(value);

    private bool Append(ReadOnlySpan<char> text)
    {
        if (!Reserve(text.Length) || text.ContainsAnyExceptInRange(' ', '~')) return false;
        Encoding.ASCII.GetBytes(text, _bytes[_length..]);
        _length += text.Length;
        return true;
    }

    // Room for it was reserved together with the text before.
    private void EndLine() => _bytes[_length++] = (byte)'\n';

    private bool Reserve(int more)
    {
        var needed = _length + more + 1;
        if (needed <= _bytes.Length) return true;
        if (needed > MostBytes) return false;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * _bytes.Length));
        Bytes.CopyTo(larger);
        Dispose();
        _bytes = _rented = larger;
        return true;
    }
}
