namespace Liuzhuan.Matching.Snapshots;

/// <summary>Which sections of a snapshot have been checked. Any number of threads may check at once: each takes what nobody has taken, the largest first.</summary>
internal sealed class SectionChecks(SnapshotHeader header)
{
    private readonly object _gate = new();
    private readonly List<int> _open = LargestFirst(header);
    private int _underWay;

    /// <summary>Returns when every section has been checked. A section whose check throws stays open, so that whoever waits for it finds it, too.</summary>
    public void Run(Action<Section> check)
    {
        while (Take() is { } section)
        {
            var isSound = false;
            try
            {
                check(section);
                isSound = true;
            }
            finally
            {
                lock (_gate)
                {
                    if (!isSound) _open.Add((int)section);
                    _underWay--;
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }

    private Section? Take()
    {
        lock (_gate)
        {
            while (_open.Count == 0 && _underWay > 0) Monitor.Wait(_gate);
            if (_open.Count == 0) return null;
            var section = (Section)_open[0];
            _open.RemoveAt(0);
            _underWay++;
            return section;
        }
    }

    private static List<int> LargestFirst(SnapshotHeader header)
    {
        var sections = new List<int>();
        for (var i = 0; i < header.Sections.Length; i++) sections.Add(i);
        sections.Sort((a, b) => header.Sections[b].Length.CompareTo(header.Sections[a].Length));
        return sections;
    }
}
