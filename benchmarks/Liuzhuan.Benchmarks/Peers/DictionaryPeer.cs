namespace Liuzhuan.Benchmarks.Peers;

/// <summary>The program a careful developer writes first: a dictionary of structs in memory, two threads.</summary>
/// <param name="bytes">Reads blocks of bytes instead of lines of text.</param>
internal sealed class DictionaryPeer(bool bytes) : Peer, IPersonSource
{
    private Dictionary<long, Person> _people = [];
    private List<PersonExtra> _extras = [];

    public override string Name => bytes ? "dictionary-bytes" : "dictionary";

    public override string? SharesStoreOf => bytes ? "dictionary" : null;

    public override Peer? Variant(string name) => name == "dictionary-bytes" ? new DictionaryPeer(bytes: true) { _people = _people, _extras = _extras } : null;

    public override void Open(string folder)
    {
        var path = Path.Combine(folder, "register.csv");
        const int Threads = 2;
        var loads = Enumerable.Range(0, Threads).Select(_ => new Load()).ToArray();
        var names = new HashSet<string>[64];
        for (var i = 0; i < names.Length; i++) names[i] = [];
        RegisterReader.Read(path, Threads, (thread, row) => loads[thread].Take(row, names));

        _people = new Dictionary<long, Person>(loads.Sum(load => load.People.Count));
        foreach (var load in loads)
        {
            var before = _extras.Count;
            foreach (var (key, person) in load.People) _people.Add(key, person.Extra == 0 ? person : person with { Extra = person.Extra + before });
            _extras.AddRange(load.Extras);
            load.People = [];
        }

        GC.Collect();
    }

    public override void Run(string request, string result)
    {
        if (bytes) new BlockProgram<DictionaryPeer>(this).Run(request, result);
        else new LineProgram<DictionaryPeer>(this).Run(request, result);
    }

    public bool TryFind(long key, out Person person, out PersonExtra? extra)
    {
        var found = _people.TryGetValue(key, out person);
        extra = found && person.Extra != 0 ? _extras[person.Extra - 1] : null;
        return found;
    }

    private sealed class Load
    {
        public List<(long Key, Person Person)> People { get; set; } = [];

        public List<PersonExtra> Extras { get; } = [];

        public void Take(Cells row, HashSet<string>[] names)
        {
            var former = row[RegisterReader.Former];
            var successor = row[RegisterReader.Successor];
            var extra = 0;
            if (!former.IsEmpty || !successor.IsEmpty)
            {
                Extras.Add(new(former.IsEmpty ? [] : former.ToString().Split('|'), successor.IsEmpty ? 0 : CarefulRules.StoredKey(successor)));
                extra = Extras.Count;
            }

            var person = new Person(Intern(row[RegisterReader.Name], names), int.Parse(row[RegisterReader.Division]), extra, Cells.ParseStatus(row[RegisterReader.Status]));
            People.Add((CarefulRules.StoredKey(row[RegisterReader.Number]), person));
        }

        private static string Intern(ReadOnlySpan<char> name, HashSet<string>[] names)
        {
            var set = names[string.GetHashCode(name) & 63];
            lock (set)
            {
                var lookup = set.GetAlternateLookup<ReadOnlySpan<char>>();
                if (!lookup.TryGetValue(name, out var kept)) set.Add(kept = name.ToString());
                return kept;
            }
        }
    }
}
