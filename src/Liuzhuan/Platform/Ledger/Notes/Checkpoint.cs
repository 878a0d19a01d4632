using System.Globalization;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Ledger.Notes;

/// <summary>What a log stands for at one size (C2SP tlog-checkpoint). It holds no time, so that the same log signs the same bytes again.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">How many entries.</param>
/// <param name="Root">The root of the tree over them.</param>
internal sealed record Checkpoint(string Origin, long Size, TreeHash Root)
{
    /// <summary>The text that is signed.</summary>
    public string Text => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Root}\n";

    /// <summary>Opens a note: signed by the key, and of the log that the key names.</summary>
    public static Result<Checkpoint> Open(string note, NoteKey key)
    {
        if (!SignedNote.Parse(note).Ok(out var parsed, out var malformed)) return malformed;
        if (parsed.Check(key) is { } refusal) return refusal;
        if (!Parse(parsed.Text).Ok(out var checkpoint, out var unreadable)) return unreadable;
        return checkpoint.Origin == key.Name ? checkpoint : NoteRefusals.Origin(checkpoint.Origin, key.Name);
    }

    /// <summary>Reads the text of a checkpoint; lines after the third are extensions that say nothing here.</summary>
    public static Result<Checkpoint> Parse(string text)
    {
        if (text.Split('\n') is not [{ Length: > 0 } origin, var sizeText, var rootText, .. var rest] || rest is not [.., ""] || rest.Count(line => line.Length == 0) > 1) return NoteRefusals.Malformed;
        if (!long.TryParse(sizeText, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size.ToString(CultureInfo.InvariantCulture) != sizeText) return NoteRefusals.Malformed;
        Span<byte> root = stackalloc byte[TreeHash.Size];
        if (!Convert.TryFromBase64String(rootText, root, out var length) || length != TreeHash.Size) return NoteRefusals.Malformed;
        var hash = TreeHash.Read(root);
        return hash.ToString() == rootText ? new Checkpoint(origin, size, hash) : NoteRefusals.Malformed;
    }
}
