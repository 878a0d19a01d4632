using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Turns an entry and its cold record back into text.</summary>
internal static class RecordDecoder
{
    /// <param name="heap">Text of a heap index.</param>
    /// <param name="cold">The cold record, readable eight bytes beyond its end.</param>
    public static StoredRecord Decode(RegisterSchema schema, FieldCodec[] codecs, Func<int, string> heap, ulong rest, ReadOnlySpan<byte> cold)
    {
        var values = new string[schema.Fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var codec = codecs[i];
            if (codec.Layout.Form == FieldForm.Absent)
            {
                values[i] = schema.Fields[i].Role == FieldRole.Status ? ((RecordStatus)(rest >> TableLayout.StatusShift)).Word() : "";
                continue;
            }

            var value = codec.Layout.IsHot ? codec.Layout.FromHot(rest) : codec.Layout.FromCold(cold);
            values[i] = Text(codec, value, heap);
        }

        return new StoredRecord(values);
    }

    /// <summary>The text of one stored value; a name as entered.</summary>
    public static string Text(FieldCodec codec, ulong value, Func<int, string> heap) => codec.Layout.Form switch
    {
        FieldForm.Heap => value == 0 ? "" : heap((int)value - 1),
        FieldForm.Name when (value & codec.Escape) != 0 => heap((int)(value & ~codec.Escape)),
        _ => codec.TextOf(value),
    };
}
