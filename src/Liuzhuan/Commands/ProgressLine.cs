namespace Liuzhuan.Commands;

/// <summary>One line on a terminal that is drawn over and over: what is done, how far, how many rows. Called from any thread.</summary>
internal sealed class ProgressLine(Session session, string title, bool shown) : IDisposable
{
    private const int Cells = 28;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private long _last;
    private bool _drawn;

    public void Report(string stage, double share, long rows)
    {
        if (!shown) return;
        lock (_gate)
        {
            var clock = session.Terminal.Clock;
            if (_last != 0 && share < 1 && clock.GetElapsedTime(_last) < Between) return;
            _last = clock.GetTimestamp();
            var done = (int)(Math.Clamp(share, 0, 1) * Cells);
            var count = rows > 0 ? session.Say($" {rows:N0} 行", $" {rows:N0} rows") : "";
            session.Terminal.Error.Write($"\r{title} {StageName(stage)} [{new string('█', done)}{new string('░', Cells - done)}] {Math.Clamp(share, 0, 1):P0}{count}\u001b[K");
            _drawn = true;
        }
    }

    public void Dispose()
    {
        if (_drawn) session.Terminal.Error.Write("\r\u001b[K");
    }

    private string StageName(string stage) => session.IsEnglish ? stage : stage switch
    {
        "recognising" => "识别",
        "verifying" => "核验",
        "writing" => "写出",
        "reading" => "读取",
        "encoding" => "编码",
        "making" => "生成",
        "copying" => "复制",
        "comparing" => "比对",
        "checking" => "检查",
        _ => stage,
    };
}
