using System.Buffers.Binary;
using System.Text;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;

namespace Liuzhuan.Platform.Ledger.Notes;

/// <summary>A text with signatures below it (C2SP signed-note). Any number of keys may have signed it; those a reader does not know are ignored.</summary>
internal sealed class SignedNote
{
    private const int LongestNote = 1 << 16, MostSignatures = 32, ShortestSignature = 5, LongestSignature = 512;
    private const string SignatureStart = "— ";

    

    private readonly List<(string Name, uint KeyId, byte[] Signature)> _signatures = [];

    private SignedNote(string text) => Text = text;

    /// <summary>What is signed, with the line feed at its end.</summary>
    public string Text { get; }

    /// <summary>The note with one signature.</summary>
    public static string Sign(string text, NoteKey name, SigningKey key)
    {
        var id = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(id, name.Id);
        return $"{text}\n{SignatureStart}{name.Name} {Convert.ToBase64String([.. id, .. key.Sign(Encoding.UTF8.GetBytes(text))])}\n";
    }

    /// <summary>Takes a note apart; nothing is verified yet. Bounded in size, strict in form.</summary>
    public static Result<SignedNote> Parse(string note)
    {
        if (note.Length > LongestNote || note.Any(letter => letter < ' ' && letter != '\n')) return NoteRefusals.Malformed;
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split <= 0 || !note.EndsWith('\n') || split + 2 == note.Length) return NoteRefusals.Malformed;
        var parsed = new SignedNote(note[..(split + 1)]);
        foreach (var line in note[(split + 2)..^1].Split('\n'))
        {
            if (parsed._signatures.Count == MostSignatures || !parsed.TryAdd(line)) return NoteRefusals.Malformed;
        }

        return parsed;
    }

    /// <summary>Null when the key signed the note; otherwise why that cannot be said.</summary>
    public Refusal? Check(NoteKey key)
    {
        var ours = _signatures.Where(signature => signature.Name == key.Name && signature.KeyId == key.Id).ToList();
        if (ours.Count == 0) return NoteRefusals.NotSigned(key.Name);
        var text = Encoding.UTF8.GetBytes(Text);
        return ours.TrueForAll(signature => key.Verify(text, signature.Signature)) ? null : NoteRefusals.Signature(key.Name);
    }

    private bool TryAdd(string line)
    {
        if (!line.StartsWith(SignatureStart, StringComparison.Ordinal) || line[SignatureStart.Length..].Split(' ') is not [var name, var encoded] || !NoteKey.IsName(name)) return false;
        var bytes = new byte[LongestSignature];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || length < ShortestSignature) return false;
        _signatures.Add((name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..length]));
        return true;
    }
}
