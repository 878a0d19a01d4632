using Liuzhuan.Matching.Delimited;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>A way to do the main job: questions in a file, answers in a file. Each runs in a process of its own.</summary>
internal abstract class Peer : IDisposable
{
    /// <summary>Name on the command line and in tables.</summary>
    public abstract string Name { get; }

    /// <summary>Makes what <see cref="Open"/> needs from <c>register.csv</c> in <paramref name="folder"/>.</summary>
    public virtual void Build(string folder) { }

    /// <summary>Files and folders that <see cref="Build"/> makes.</summary>
    public virtual IReadOnlyList<string> StoredFiles(string folder) => [];

    /// <summary>The peer whose store this one reads, or null when it has its own.</summary>
    public virtual string? SharesStoreOf => null;

    /// <summary>Another peer that runs in this process over what is open here already, or null.</summary>
    public virtual Peer? Variant(string name) => null;

    /// <summary>Gets ready to answer.</summary>
    public abstract void Open(string folder);

    /// <summary>Answers every row of <paramref name="request"/> in <paramref name="result"/>, which does not exist: sequence number, verdict code, differing fields, note codes.</summary>
    public abstract void Run(string request, string result);

    /// <summary>True when every run starts a new process, so that no time is spent on opening.</summary>
    public virtual bool StartsAnew => false;

    /// <summary>Bytes kept of the register, and those of them that most answers touch (0 when they cannot be told apart).</summary>
    public virtual (long All, long Hot) Stored(string folder) => (StoredFiles(folder).Sum(Places.Size), 0);

    /// <summary>Memory of the process that does the work.</summary>
    public virtual ProcessMemory Memory() => ProcessMemory.Of(Environment.ProcessId);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>The peers by name.</summary>
internal static class PeerList
{
    /// <summary>Our engine writing what the others write; every ratio is to it.</summary>
    public const string Ours = "liuzhuan-codes";

    /// <summary>Does a peer write sequence number and codes only, so that its results can be held against the others'?</summary>
    public static bool WritesCodes(string name) => !name.StartsWith("liuzhuan", StringComparison.Ordinal) || name is Ours or "liuzhuan-process";

    /// <summary>May a peer's rows come back in any order?</summary>
    public static bool AnyOrder(string name) => name == "duckdb-unordered";

    /// <summary>Every peer, ours first.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Peer>> All = new Dictionary<string, Func<Peer>>
    {
        [Ours] = () => new EnginePeer(ResultLayout.CodesOnly),
        ["liuzhuan-full"] = () => new EnginePeer(ResultLayout.Full),
        ["liuzhuan-process"] = () => new ProcessPeer(ResultLayout.CodesOnly),
        ["liuzhuan-process-full"] = () => new ProcessPeer(ResultLayout.Full),
        ["duckdb"] = () => new DuckDbPeer(ordered: true),
        ["duckdb-unordered"] = () => new DuckDbPeer(ordered: false),
        ["dictionary"] = () => new DictionaryPeer(bytes: false),
        ["dictionary-bytes"] = () => new DictionaryPeer(bytes: true),
        ["sqlite"] = () => new SqlitePeer(),
        ["postgres"] = () => new PostgresPeer(),
    };
}
