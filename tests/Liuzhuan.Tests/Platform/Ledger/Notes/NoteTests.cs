using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;

namespace Liuzhuan.Tests.Platform.Ledger.Notes;

public class NoteTests
{
    // The example key and note of the Go module sumdb/note, which all implementations of the format read.
    private const string PeterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string PeterNote = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private static readonly NoteKey Key = NoteKey.Of("example.com/log", LedgerGround.Key);

    private static readonly string Note = SignedNote.Sign(new Checkpoint("example.com/log", 3, TreeHash.Empty).Text, Key, LedgerGround.Key);

    [Fact]
    public void The_known_note_is_read_and_its_signature_holds()
    {
        Assert.True(NoteKey.Parse(PeterKey).Ok(out var key, out _));
        Assert.Equal((PeterKey, "PeterNeumann"), (key.ToString(), key.Name));
        Assert.True(SignedNote.Parse(PeterNote).Ok(out var note, out _));
        Assert.Null(note.Check(key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PeterNeumann")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void A_key_with_anything_changed_is_refused(string text) => Assert.False(NoteKey.Parse(text).Ok(out _, out _));

    [Fact]
    public void A_checkpoint_comes_back_as_it_was_signed()
    {
        Assert.True(Checkpoint.Open(Note, Key).Ok(out var checkpoint, out _));
        Assert.Equal(new Checkpoint("example.com/log", 3, TreeHash.Empty), checkpoint);
    }

    [Fact]
    public void Signatures_of_unknown_keys_are_ignored()
    {
        var more = Note + "— witness.example/w " + Convert.ToBase64String(new byte[40]) + "\n";
        Assert.True(Checkpoint.Open(more, Key).Ok(out _, out _));
        // A key of the same name with another id is another key.
        Assert.True(Checkpoint.Open(Note + "— example.com/log " + Convert.ToBase64String(new byte[68]) + "\n", Key).Ok(out _, out _));
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_refused()
    {
        for (var i = 0; i < Note.Length; i++)
        {
            var changed = $"{Note[..i]}{(char)(Note[i] ^ 1)}{Note[(i + 1)..]}";
            Assert.False(Checkpoint.Open(changed, Key).Ok(out _, out _), $"character {i}");
        }
    }

    [Fact]
    public void A_checkpoint_of_another_log_is_refused_even_when_the_key_signed_it()
    {
        var foreign = SignedNote.Sign(new Checkpoint("example.com/other", 3, TreeHash.Empty).Text, Key, LedgerGround.Key);
        Assert.False(Checkpoint.Open(foreign, Key).Ok(out _, out var refusal));
        Assert.Equal("ledger.checkpoint-foreign", refusal.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("a\n\n")]
    [InlineData("a\nb\n")]
    [InlineData("a\n\n— b\n")]
    [InlineData("a\n\n— b c\n")]
    [InlineData("a\n\n- b AAAAAAA=\n")]
    [InlineData("a\n\n— b AAAAAAA=")]
    [InlineData("a\r\n\n— b AAAAAAA=\n")]
    public void A_malformed_note_is_refused(string text) => Assert.False(SignedNote.Parse(text).Ok(out _, out _));

    [Fact]
    public void Size_and_number_of_signatures_are_bounded()
    {
        Assert.False(SignedNote.Parse(new string('a', 1 << 16) + Note).Ok(out _, out _));
        Assert.False(SignedNote.Parse(Note + string.Concat(Enumerable.Repeat("— w " + Convert.ToBase64String(new byte[40]) + "\n", 32))).Ok(out _, out _));
    }

    [Theory]
    [InlineData("o\n1\n")]
    [InlineData("o\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS\n")]
    [InlineData("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nx\n")]
    public void A_malformed_checkpoint_is_refused(string text) => Assert.False(Checkpoint.Parse(text).Ok(out _, out _));

    [Fact]
    public void Extension_lines_are_passed_over() =>
        Assert.True(Checkpoint.Parse("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\nlines\n").Ok(out _, out _));
}
