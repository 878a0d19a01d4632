using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liuzhuan.Commands;

/// <summary>What a command needs that changes something: the database at its newest schema, the keys, the ledger.</summary>
internal sealed class OpenedData(DataStore store, KeyFolder keys, Ledger ledger) : IAsyncDisposable, IDisposable
{
    public DataStore Store { get; } = store;

    public KeyFolder Keys { get; } = keys;

    public Ledger Ledger { get; } = ledger;

    /// <summary>Who changes something from the command line: the account and machine, which name no citizen.</summary>
    public static string Actor => $"operator/{Environment.UserName}@{Environment.MachineName}";

    public static async Task<Result<OpenedData>> OpenAsync(DataOptions options, string folder, TimeProvider clock, CancellationToken stop)
    {
        Platform.Web.PrivateFolder.Create(folder);
        if (!KeyFolder.Open(Path.Combine(folder, DataArguments.KeysFolder), clock).Ok(out var keys, out var refusal)) return refusal;
        if (!LedgerPlace.Options.Ok(out var ledger, out refusal)) return refusal;
        var store = new DataStore(options, folder);
        try
        {
            await Migrator.MigrateUnlessNewestAsync(store, stop);
            return new OpenedData(store, keys, new Ledger(store, keys.Current(KeyPurposes.Ledger, SigningSuites.Ed25519.Id), ledger, clock, NullLogger<Ledger>.Instance, isAlone: true));
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>As <see cref="DisposeAsync"/>, and waits for it.</summary>
    public void Dispose()
    {
        Ledger.Dispose();
        Store.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await Store.DisposeAsync();
    }
}
