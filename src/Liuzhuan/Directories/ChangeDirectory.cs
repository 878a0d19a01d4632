using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Directories;

/// <summary>Changes the directory: all that was given or nothing, on the version that was looked at, and durable together with its entry in the ledger.</summary>
internal sealed class ChangeDirectory(Ledger ledger, DirectoryShelf shelf, TimeProvider clock)
{
    /// <summary>Characters of a reason.</summary>
    public const int LongestReason = 200;

    private const int RowsAtOnce = 100, MostNamed = 50;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the rows would change now.</summary>
    public async Task<ChangePreview> PreviewAsync(IReadOnlyList<GivenRow> rows, CancellationToken stop) => PreviewChange.Of(await shelf.LoadAsync(stop), rows, ChinaTime.DayOf(clock.GetUtcNow()));

    /// <summary>Applies the rows when the directory still has the version they were previewed on.</summary>
    /// <param name="version">Of the preview.</param>
    /// <param name="author">Who does it, as a reference that names no citizen.</param>
    /// <param name="reason">Why, or on which paper; kept with the change, not in the ledger.</param>
    public async Task<Result<ChangePreview>> ApplyAsync(IReadOnlyList<GivenRow> rows, long version, string author, string reason, CancellationToken stop, params Statement[] others)
    {
        reason = EntryForm.Trim(reason);
        if (reason.Length is 0 or > LongestReason) return DirectoryRefusals.NoReason;
        var preview = await PreviewAsync(rows, stop);
        if (preview.Version != version) return DirectoryRefusals.Stale;
        if (preview.Refused.Count > 0) return DirectoryRefusals.Refused(preview.Refused.Count);
        if (preview.Lines.Count == 0) return DirectoryRefusals.Nothing;
        var entry = new NewEntry("administration", author, Detail(preview, reason)) { Companions = [StatementCompanion.Of([.. Statements(preview, author, reason), .. others])] };
        return await ledger.AppendAsync(entry, stop) is not null ? preview : DirectoryRefusals.Stale;
    }

    // The first statement touches no row when somebody else was quicker, and then nothing is written.
    private IEnumerable<Statement> Statements(ChangePreview preview, string author, string reason)
    {
        var number = preview.Version + 1;
        yield return new("update directory_state set count = @number where id = 1 and count = @version", ("number", number), ("version", preview.Version));
        yield return new("insert into directory_changes (number, made_at, made_by, reason) values (@number, @at, @by, @reason)", ("number", number), ("at", clock.GetUtcNow()), ("by", author), ("reason", reason));
        foreach (var chunk in preview.Lines.Chunk(RowsAtOnce))
        {
            var rows = string.Join(", ", Enumerable.Range(0, chunk.Length).Select(i => $"(@kind{i}, @key{i}, @number, @content{i})"));
            (string, object?)[] values = [("number", number), .. chunk.SelectMany((line, i) => new (string, object?)[] { ($"kind{i}", line.After.Kind.Id), ($"key{i}", line.After.Key), ($"content{i}", line.After.Write()) })];
            yield return new($"insert into directory_entries (kind, key, change, content) values {rows}", values);
        }
    }

    // Names and telephone numbers stay out of the log: it holds which entries changed, and a digest that proves how.
    private static ReadOnlyMemory<byte> Detail(ChangePreview preview, string reason) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            act = "change-directory", change = preview.Version + 1, added = preview.Added, changed = preview.Changed, ended = preview.Ended,
            entries = preview.Lines.Take(MostNamed).Select(line => $"{line.After.Kind.Id}/{line.After.Key}"), digest = Digest(preview, reason),
        },
        Plain);

    /// <summary>SHA-256, in hexadecimal, over the reason and each entry in the order of kind and key, a line each.</summary>
    private static string Digest(ChangePreview preview, string reason) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        preview.Lines.Select(line => $"{line.After.Kind.Id} {line.After.Key} {line.After.Write()}").Order(StringComparer.Ordinal).Prepend(reason)))));
}
