namespace Liuzhuan.Platform.Ledger.Accesses;

/// <summary>Divides long work on memory among some threads; the caller's is the first of them.</summary>
internal static class SideBySide
{
    /// <summary>Runs <paramref name="part"/> for each number from 0, all at the same time, and returns when all are done.</summary>
    public static void Run(int parts, Action<int> part)
    {
        var others = new Task[parts - 1];
        Array.Fill(others, Task.CompletedTask);
        try
        {
            for (var i = 0; i < others.Length; i++)
            {
                var number = i + 1;
                // On a thread of its own: those of the pool may all be waiting for the disk.
                others[i] = Task.Factory.StartNew(() => part(number), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            part(0);
        }
        finally
        {
            // Nobody works on after the caller has gone; what failed is thrown as it is.
            Task.WhenAll(others).GetAwaiter().GetResult();
        }
    }

    /// <summary>Where a part of so many things begins.</summary>
    public static int Start(int count, int part, int parts) => (int)((long)count * part / parts);
}
