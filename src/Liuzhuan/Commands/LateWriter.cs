using System.Text;

namespace Liuzhuan.Commands;

/// <summary>A writer that is opened when something is written: to set up the console takes a short command as long as it takes to read its command line.</summary>
internal sealed class LateWriter(Func<TextWriter> open) : TextWriter
{
    private readonly Lazy<TextWriter> _opened = new(open);

    /// <summary>What it writes to.</summary>
    public TextWriter Opened => _opened.Value;

    public override Encoding Encoding => _opened.Value.Encoding;

    public override void Write(char value) => _opened.Value.Write(value);

    public override void Write(char[] buffer, int index, int count) => _opened.Value.Write(buffer, index, count);

    public override void Write(ReadOnlySpan<char> buffer) => _opened.Value.Write(buffer);

    public override void Write(string? value) => _opened.Value.Write(value);

    public override void WriteLine(string? value) => _opened.Value.WriteLine(value);

    public override void Flush()
    {
        if (_opened.IsValueCreated) _opened.Value.Flush();
    }
}
