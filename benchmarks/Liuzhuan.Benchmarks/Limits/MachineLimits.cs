using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Liuzhuan.Benchmarks.Limits;

/// <summary>One measurement of what the machine can do at most for a batch, in milliseconds.</summary>
/// <param name="Scan1">Read the request by pread and find its delimiters, one thread.</param>
/// <param name="Random1">One random cache line of memory for each row, prefetched in batches of 64, one thread.</param>
/// <param name="Scan2">The same scan, two threads.</param>
/// <param name="Random2">The same random lines, two threads.</param>
/// <param name="Write">Create and write the result, one thread.</param>
internal readonly record struct LimitSample(double Scan1, double Random1, double Scan2, double Random2, double Write)
{
    /// <summary>No program on two cores can be faster than this.</summary>
    public double Bound => Scan2 + Random2 + Write / 2;
}

/// <summary>
/// Measures the physical bound of a batch: reading and scanning the request, one random memory access for each row, writing the result.
/// It does nothing else, so its time is a floor for every engine that keeps its register in memory.
/// </summary>
internal sealed unsafe partial class MachineLimits : IDisposable
{
    /// <summary>Hot bytes of a register of 27 million people.</summary>
    private const nuint TableBytes = 380u << 20;

    private const nuint HugePage = 2u << 20;
    private const int Line = 64;
    private const int Batch = 64;
    private const int WriteBytes = 80_000;
    private const int MadviseHugePage = 14;

    private readonly byte* _table;
    private readonly byte[] _text = new byte[WriteBytes];
    private readonly string _output;
    private ulong _sink;

    /// <param name="folder">Where the result would be written.</param>
    public MachineLimits(string folder)
    {
        _output = Path.Combine(folder, "limits.part");
        _table = (byte*)NativeMemory.AlignedAlloc(TableBytes, HugePage);
        _ = Madvise(_table, TableBytes, MadviseHugePage);
        for (nuint i = 0; i < TableBytes; i += sizeof(ulong)) *(ulong*)(_table + i) = i;
        _text.AsSpan().Fill((byte)'1');
    }

    /// <summary>Measures once: scan the file, touch one line per row, write a result of <paramref name="resultBytes"/>.</summary>
    public LimitSample Measure(string request, long rows, long resultBytes) => new(
        Scan(request, 1), Random(rows, 1), Scan(request, 2), Random(rows, 2), Write(resultBytes));

    public void Dispose()
    {
        NativeMemory.AlignedFree(_table);
        File.Delete(_output);
    }

    private double Scan(string request, int threads)
    {
        using var file = File.OpenHandle(request);
        var length = RandomAccess.GetLength(file);
        return InParallel(threads, thread =>
        {
            var end = thread == threads - 1 ? length : length / threads * (thread + 1);
            Interlocked.Add(ref _sink, DelimiterScan.Count(file, length / threads * thread, end));
        });
    }

    private double Random(long rows, int threads)
    {
        var start = (ulong)Stopwatch.GetTimestamp();
        return InParallel(threads, thread => Interlocked.Add(ref _sink, Touch(_table, start + (ulong)thread * 777_777, rows / threads)));
    }

    // Compiled fully at first call: it is only called a few times.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Touch(byte* table, ulong counter, long rows)
    {
        const ulong Lines = TableBytes / Line;
        var sum = 0ul;
        var places = stackalloc byte*[Batch];
        for (long k = 0; k < rows; k += Batch)
        {
            for (var j = 0; j < Batch; j++)
            {
                places[j] = table + Math.BigMul(Mix(counter++), Lines, out _) * Line;
                Sse.Prefetch0(places[j]);
            }

            for (var j = 0; j < Batch; j++) sum += *(ulong*)places[j];
        }

        return sum;
    }

    private double Write(long bytes)
    {
        var started = Stopwatch.GetTimestamp();
        File.Delete(_output);
        // A file that is truncated when it is opened is flushed when it is closed (ext4), so it is made anew.
        using (var file = File.OpenHandle(_output, FileMode.CreateNew, FileAccess.Write))
        {
            for (long at = 0; at < bytes; at += WriteBytes) RandomAccess.Write(file, _text, at);
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    // The threads are there before the clock starts; in C starting one costs a tenth of what it costs here.
    private static double InParallel(int threads, Action<int> work)
    {
        using var gate = new ManualResetEventSlim();
        using var ready = new CountdownEvent(threads);
        var all = Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            ready.Signal();
            gate.Wait();
            work(thread);
        })).ToArray();
        foreach (var thread in all) thread.Start();
        ready.Wait();
        var started = Stopwatch.GetTimestamp();
        gate.Set();
        foreach (var thread in all) thread.Join();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    // The finaliser of MurmurHash3, as in the C twin.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCD;
        x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53;
        return x ^ (x >> 33);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(void* start, nuint length, int advice);
}
