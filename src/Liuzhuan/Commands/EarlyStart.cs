using System.Security.Cryptography;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Signing;
using Microsoft.Data.Sqlite;

namespace Liuzhuan.Commands;

/// <summary>
/// Loads libraries that a command is sure to need, on another thread, while its command line is read and its register opened. Touches no file of the
/// user's and decides nothing: without it everything is the same, a little later.
/// </summary>
internal static class EarlyStart
{
    /// <summary>For a command that verifies a file and writes to the ledger: the database, hashes and signatures, and which characters are variants.</summary>
    public static void ForVerify() => _ = Task.Run(LoadAsync);

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
