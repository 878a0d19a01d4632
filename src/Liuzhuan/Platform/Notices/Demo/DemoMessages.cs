namespace Liuzhuan.Platform.Notices.Demo;

/// <summary>A text message that the demonstration's gateway took. Nobody receives it.</summary>
internal sealed record DemoMessage(string Id, string To, string Text, int Segments, DateTimeOffset At);

/// <summary>What the demonstration's gateway took, the last first; kept in memory only, and only in demonstrations.</summary>
internal sealed class DemoMessages
{
    private const int Most = 200;

    private readonly Lock _gate = new();
    private readonly LinkedList<DemoMessage> _all = new();

    public IReadOnlyList<DemoMessage> All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    /// <summary>False when it has this id already: a repetition, which a gateway accepts and does not send again.</summary>
    public bool Add(DemoMessage message)
    {
        lock (_gate)
        {
            if (_all.Any(known => known.Id == message.Id)) return false;
            _all.AddFirst(message);
            if (_all.Count > Most) _all.RemoveLast();
            return true;
        }
    }
}
