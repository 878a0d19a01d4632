using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>What the first pass decided: forms and bit places of all fields, dictionaries, characters, heap and key space.</summary>
internal sealed class BuildPlan
{
    private readonly Dictionary<string, int> _heap = new(StringComparer.Ordinal);

    public BuildPlan(RegisterSchema schema, long records, FieldCollector[] fields, FieldCollector? keyTexts, IReadOnlyList<uint> highs, ulong lowMin, ulong lowMax)
    {
        var isWide = keyTexts is not null;
        Keys = isWide ? null : new KeySpace([.. highs], lowMin, lowMax);
        KeyBits = Keys?.Bits ?? 64;
        Buckets = Math.Max(1, (long)Math.Ceiling(records / (TableLayout.EntriesPerBucket * TableLayout.Load)));
        TagBits = isWide ? 16 : TableLayout.TagBitsFor(KeyBits, Buckets);
        Names = new NameCodec([.. fields.SelectMany(f => f.Characters).Distinct().Order()]);
        HeapTexts = CollectHeap(schema, fields, keyTexts);
        for (var i = 0; i < HeapTexts.Length; i++) _heap[HeapTexts[i]] = i;

        Dictionaries = [.. fields.Select((field, i) => Form(schema.Fields[i], field) == FieldForm.Dictionary ? field.Texts.Order(StringComparer.Ordinal).ToArray() : [])];
        var layouts = Place(schema, fields, isWide);
        Layout = new TableLayout(Buckets, isWide, TagBits, ColdStride, layouts);
        Codecs = [.. schema.Fields.Select((field, i) => new FieldCodec(layouts[i], FieldComparers.Get(field.Comparer), Dictionaries[i], Names))];
    }

    /// <summary>Distinct values up to which a text field becomes a dictionary.</summary>
    public const int DictionaryLimit = 65536;

    public KeySpace? Keys { get; }

    public int KeyBits { get; }

    public long Buckets { get; }

    public int TagBits { get; }

    public int ColdStride { get; private set; }

    public NameCodec Names { get; }

    public TableLayout Layout { get; }

    public FieldCodec[] Codecs { get; }

    public string[][] Dictionaries { get; }

    public string[] HeapTexts { get; }

    public IReadOnlyDictionary<string, int> Heap => _heap;

    public byte[] DictionariesToBytes()
    {
        var bytes = new List<byte>();
        foreach (var dictionary in Dictionaries)
        {
            StoredRecord.WriteLength(bytes, (uint)dictionary.Length);
            foreach (var value in dictionary) StoredRecord.WriteText(bytes, value);
        }

        return [.. bytes];
    }

    /// <summary>Offsets (one more than there are texts, eight bytes each) and the UTF-8 texts.</summary>
    public (byte[] Offsets, byte[] Text) HeapToBytes()
    {
        var offsets = new byte[(HeapTexts.Length + 1) * 8];
        using var text = new MemoryStream();
        for (var i = 0; i < HeapTexts.Length; i++)
        {
            text.Write(Encoding.UTF8.GetBytes(HeapTexts[i]));
            BinaryPrimitives.WriteInt64LittleEndian(offsets.AsSpan((i + 1) * 8), text.Length);
        }

        return (offsets, text.ToArray());
    }

    private static FieldForm Form(SchemaField field, FieldCollector seen)
    {
        if (field.Role != FieldRole.None) return FieldForm.Absent;
        return FieldComparers.Get(field.Comparer).Storage switch
        {
            FieldStorage.Name => FieldForm.Name,
            FieldStorage.Date => FieldForm.Date,
            FieldStorage.Text when seen.IsNumber => FieldForm.Number,
            _ => seen.Texts.Count <= DictionaryLimit ? FieldForm.Dictionary : FieldForm.Heap,
        };
    }

    private string[] CollectHeap(RegisterSchema schema, FieldCollector[] fields, FieldCollector? keyTexts)
    {
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Length; i++)
        {
            switch (Form(schema.Fields[i], fields[i]))
            {
                case FieldForm.Heap:
                    texts.UnionWith(fields[i].Texts);
                    break;
                case FieldForm.Name:
                    var comparer = FieldComparers.Get(schema.Fields[i].Comparer);
                    texts.UnionWith(fields[i].Texts.Where(raw => !(comparer.TryReadStored(raw, out var canonical) && canonical == raw && Names.TryEncode(canonical, out _))));
                    break;
                default:
                    break;
            }
        }

        if (keyTexts is not null) texts.UnionWith(keyTexts.Texts);
        return [.. texts];
    }

    // The hot word holds what questions ask most: required fields, then compared ones from the narrowest, then the others, as long as they fit beside flags and tag bits.
    private FieldLayout[] Place(RegisterSchema schema, FieldCollector[] fields, bool isWide)
    {
        var hotBits = TableLayout.TagHighEnd - Math.Max(0, TagBits - 16);
        int hot = 0, cold = 0;
        var heapWidth = Width((ulong)HeapTexts.Length + 2);
        var widths = fields.Select((field, i) => WidthOf(schema.Fields[i], field, i, heapWidth)).ToArray();
        var layouts = new FieldLayout[fields.Length + (isWide ? 1 : 0)];
        foreach (var i in Enumerable.Range(0, fields.Length).OrderBy(i => Rank(schema.Fields[i])).ThenBy(i => widths[i]).ThenBy(i => i))
        {
            var form = Form(schema.Fields[i], fields[i]);
            var min = form is FieldForm.Date or FieldForm.Number && fields[i].Max >= fields[i].Min ? fields[i].Min : 0;
            layouts[i] = Put(form, widths[i], min, fields[i].Digits, hotBits, ref hot, ref cold);
        }

        if (isWide) layouts[^1] = Put(FieldForm.Heap, heapWidth, 0, 0, 0, ref hot, ref cold);
        ColdStride = (cold + 7) / 8;
        return layouts;
    }

    private static int Rank(SchemaField field) => field.Required ? 0 : field.Comparer != "none" ? 1 : 2;

    private int WidthOf(SchemaField field, FieldCollector seen, int index, int heapWidth) => Form(field, seen) switch
    {
        FieldForm.Absent => 0,
        FieldForm.Name => Math.Max(Names.NameBits, heapWidth) + 1,
        FieldForm.Dictionary => Width((ulong)Dictionaries[index].Length + 2),
        FieldForm.Heap => heapWidth,
        _ => Width(seen.Max < seen.Min ? 2 : (ulong)(seen.Max - seen.Min) + 3),
    };

    private static FieldLayout Put(FieldForm form, int width, long min, int digits, int hotBits, ref int hot, ref int cold)
    {
        if (form == FieldForm.Absent) return default;
        if (width > FieldLayout.MaxWidth) throw new InvalidOperationException($"A field of {width} bits does not fit a snapshot.");
        if (hot + width <= hotBits)
        {
            hot += width;
            return new FieldLayout(form, true, (byte)(hot - width), (byte)width, 0, (byte)digits, min);
        }

        cold += width;
        return new FieldLayout(form, false, 0, (byte)width, cold - width, (byte)digits, min);
    }

    // Bits for the values 0 to count-1.
    private static int Width(ulong count) => Math.Max(1, 64 - BitOperations.LeadingZeroCount(count - 1));
}
