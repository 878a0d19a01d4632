using System.Buffers;
using Liuzhuan.Exchange.Recognition;
using Liuzhuan.Exchange.Wording;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Registers;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>Our engine over an open register: recognition of the file, decisions, and the result in the given layout.</summary>
internal sealed class EnginePeer(ResultLayout layout) : Peer
{
    private const int HeadBytes = 256 << 10;

    // The table of keys and compared fields; every other section is read for rare rows or at the start only.
    private const string HotSection = "buckets";

    private Register? _register;

    public override string Name => layout == ResultLayout.CodesOnly ? "liuzhuan-codes" : "liuzhuan-full";

    public override string? SharesStoreOf => layout == ResultLayout.CodesOnly ? null : "liuzhuan-codes";

    public override IReadOnlyList<string> StoredFiles(string folder) => [Path.Combine(folder, "people.lzr")];

    // By the program as it is installed, its start included: the others are compiled as well before they are measured.
    public override void Build(string folder) => Shell.Run(
        Places.Program, "register", "build", "--schema", "person", "--input", Path.Combine(folder, "register.csv"), "--output", StoredFiles(folder)[0], "--as-of", AsOf.ToString("O"));

    public override ProcessMemory Memory() => _register is null ? ProcessMemory.OfChildren() : base.Memory();

    public override (long All, long Hot) Stored(string folder)
    {
        var info = RegisterInfo.Read(StoredFiles(folder)[0]);
        return (info.Bytes, info.Sections.Single(section => string.Equals(section.Name, HotSection, StringComparison.OrdinalIgnoreCase)).Length);
    }

    public override void Open(string folder)
    {
        _register = Register.Open(StoredFiles(folder)[0], SchemaCatalogue.Find, isResident: true);
        _register.VerifySections(CancellationToken.None);
    }

    public override void Run(string request, string result)
    {
        using var input = new FileStream(request, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        using var output = new FileStream(result, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
        // As the product does it.
        var head = ArrayPool<byte>.Shared.Rent(HeadBytes);
        var length = input.ReadAtLeast(head.AsSpan(0, HeadBytes), HeadBytes, throwOnEndOfStream: false);
        input.Position = 0;
        var preview = DelimitedPreview.Read(head.AsSpan(0, length), length < HeadBytes);
        if (!HeaderRecogniser.Recognise(preview.Records, _register!.Schema, new Dictionary<string, string>()).Ok(out var header, out var refusal)) throw new InvalidOperationException(refusal.English);
        var job = new DelimitedJob
        {
            Input = input,
            Output = output,
            Format = preview.Format,
            HeaderRecord = header.HeaderRecord,
            HeaderWidth = header.HeaderWidth,
            Plan = header.Plan,
            Register = _register,
            Policy = DisclosurePolicy.Full,
            Phrases = new AnswerPhrases(_register.Schema, "zh"),
            Layout = layout,
        };
        DelimitedBatch.Run(job, CancellationToken.None);
        ArrayPool<byte>.Shared.Return(head, clearArray: true);
    }

    public override Peer? Variant(string name) => name == "liuzhuan-full" ? new EnginePeer(ResultLayout.Full) { _register = _register } : null;

    public override void Dispose()
    {
        _register?.Dispose();
        base.Dispose();
    }

    /// <summary>The as-of of every register here: after every birth date that occurs.</summary>
    public static readonly DateTimeOffset AsOf = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
