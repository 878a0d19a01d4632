namespace Liuzhuan.Matching.Snapshots;

/// <summary>Turns the numbers that one thread gave a field's cells in the first pass into the values stored for them.</summary>
internal sealed class FieldTranslation
{
    private readonly FieldCodec _codec;
    private readonly ushort[] _codes;
    private readonly ulong[] _values;

    public FieldTranslation(FieldCodec codec, FieldCollector seen, IReadOnlyDictionary<string, int> heap)
    {
        (_codec, _codes) = (codec, codec.Names.CodeOf);
        _values = new ulong[seen.Texts.Count + 1];
        for (var i = 0; i < seen.Texts.Count; i++)
        {
            _values[i + 1] = codec.Layout.Form switch
            {
                FieldForm.Name => ValueOfName(seen.Texts[i], heap),
                FieldForm.Heap => (ulong)heap[seen.Texts[i]] + 1,
                FieldForm.Dictionary => codec.ValueOf(seen.Texts[i]),
                _ => throw new InvalidOperationException($"A {codec.Layout.Form} field has texts."),
            };
        }
    }

    /// <summary>Puts the stored values in the place of the numbers. Both are 0 for a cell that is empty or cannot be read.</summary>
    public void Translate(Span<ulong> values)
    {
        switch (_codec.Layout.Form)
        {
            case FieldForm.Name:
                TranslateNames(values);
                break;
            case FieldForm.Date or FieldForm.Number:
                // Numbered from 1 for the number 0; stored from 1 for the least.
                var min = (ulong)_codec.Layout.Min;
                foreach (ref var value in values) value = value == 0 ? 0 : value - min;
                break;
            default:
                foreach (ref var value in values) value = _values[value];
                break;
        }
    }

    private void TranslateNames(Span<ulong> values)
    {
        var (codes, bits) = (_codes, _codec.Names.CharBits);
        foreach (ref var value in values)
        {
            // No name holds U+0000, so its code is 0 and what lies behind the last character adds nothing.
            if ((ushort)value != 0) value = codes[(ushort)value] | (ulong)codes[(ushort)(value >> 16)] << bits | (ulong)codes[(ushort)(value >> 32)] << bits * 2;
            else value = _values[value >> 16];
        }
    }

    private ulong ValueOfName(string raw, IReadOnlyDictionary<string, int> heap)
    {
        if (!_codec.Comparer.TryReadStored(raw, out var canonical) || canonical.Length == 0) return 0;
        return canonical == raw && _codec.Names.TryEncode(canonical, out var packed) ? packed : _codec.Escape | (uint)heap[raw];
    }
}
