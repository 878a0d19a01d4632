using System.Security.Cryptography;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Signing;
using Microsoft.Data.Sqlite;

namespace Liuzhuan.Commands;

/// <summary>
/// Loads libraries that a command is sure to need, on another thread, while its command line is read and its register opened. The loading touches no file of the
/// user's and decides nothing: without it everything is the same, a little later.
/// </summary>
internal static class EarlyStart
{
    private static readonly TaskCompletionSource Loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static Thread? _loading;

    /// <summary>For a command that verifies a file and writes to the ledger: the database, hashes and signatures, and which characters are variants.</summary>
    /// <remarks>Once for a process, on a thread of its own: the pool's first one, with all that the pool needs, takes the caller milliseconds.</remarks>
    public static void ForVerify()
    {
        var loading = new Thread(Load) { IsBackground = true, Name = "liuzhuan load" };
        if (Interlocked.CompareExchange(ref _loading, loading, null) is null) loading.UnsafeStart();
    }

    /// <summary>Does something on another thread, behind what is being loaded: of two processors one is the command's own.</summary>
    public static Task<T> Then<T>(Func<T> what)
        where T : class => (_loading is null ? Task.CompletedTask : Loaded.Task).ContinueWith(_ => what(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private static void Load()
    {
        LoadAsync().GetAwaiter().GetResult();
        Loaded.SetResult();
    }

    private static async Task LoadAsync()
    {
        try
        {
            SHA256.HashData([]);
            if (Environment.GetEnvironmentVariable(DataOptions.ProviderVariable) != DataOptions.Postgres)
            {
                await using var nowhere = new SqliteConnection("Data Source=:memory:");
                await nowhere.OpenAsync(CancellationToken.None);
                await nowhere.ExecuteAsync(null, Dialect.Sqlite.Opened, CancellationToken.None);
                await nowhere.ListAsync(null, "select @name", row => row.GetString(0), CancellationToken.None, ("name", ""));
            }

            var suite = SigningSuites.Ed25519;
            suite.Load(suite.NewPrivateKey()).Sign([]);
            _ = VariantTable.Default;
        }
        catch (Exception)
        {
            // Whatever cannot be loaded is told where it is needed.
        }
    }
}
