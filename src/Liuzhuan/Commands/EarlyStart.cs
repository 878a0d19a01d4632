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
    private static Task _loading = Task.CompletedTask;

    /// <summary>For a command that verifies a file and writes to the ledger: the database, hashes and signatures, and which characters are variants.</summary>
    public static void ForVerify() => _loading = Task.Run(LoadAsync);

    /// <summary>Does something on another thread, behind what is being loaded: of two processors one is the command's own.</summary>
    public static Task<T> Then<T>(Func<T> what)
        where T : class => _loading.ContinueWith(_ => what(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

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
