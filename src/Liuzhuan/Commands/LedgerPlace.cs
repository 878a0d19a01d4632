using System.CommandLine;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liuzhuan.Commands;

/// <summary>Where the ledger of a command lies: its database and its keys, by <c>--data</c> and the environment.</summary>
internal sealed class LedgerPlace(Session session, Command command)
{
    private readonly DataArguments _data = new(session, command);

    /// <summary>How the log is named and written.</summary>
    public static Result<LedgerOptions> Options => Configuration.LedgerOf(SettingReader.OfProcess());

    /// <summary>The database, which must be there and of this program's schema; the caller disposes of it.</summary>
    public async Task<Result<DataStore>> StoreAsync(ParseResult parsed, CancellationToken stop)
    {
        if (!_data.Store(parsed).Ok(out var store, out var refusal)) return refusal;
        // Opening a SQLite file that is not there would make it.
        if ((store.FilePath is not { } file || File.Exists(file)) && (await Migrator.MissingAsync(store, stop)).Count == 0) return store;
        await store.DisposeAsync();
        return new Refusal("ledger.no-database",
            $"{store.Place} 还没有账本，或需要升级：请检查 --data，或先运行 liuzhuan migrate。",
            $"{store.Place} holds no ledger yet, or must be brought up to date: check --data, or run liuzhuan migrate first.");
    }

    /// <summary>All keys that have signed or sign the log, oldest first; none is made.</summary>
    public Result<IReadOnlyList<NoteKey>> Keys(ParseResult parsed)
    {
        if (!Options.Ok(out var options, out var refusal) || !KeyFolder.Open(_data.Keys(parsed), session.Terminal.Clock).Ok(out var keys, out refusal)) return refusal;
        return keys.All(KeyPurposes.Ledger).Select(key => NoteKey.Of(options.Origin, key.Key)).ToArray();
    }

    /// <summary>The key that signs the log now; made when there is none.</summary>
    public Result<NoteKey> Key(ParseResult parsed) => Options.Ok(out var options, out var refusal) && SigningKey(parsed).Ok(out var key, out refusal) ? NoteKey.Of(options.Origin, key) : refusal;

    /// <summary>The log with its writer; the caller disposes of both.</summary>
    public Result<Ledger> Ledger(ParseResult parsed, DataStore store) => Options.Ok(out var options, out var refusal) && SigningKey(parsed).Ok(out var key, out refusal)
        ? new Ledger(store, key, options, session.Terminal.Clock, NullLogger<Ledger>.Instance)
        : refusal;

    /// <summary>What auditors send to read entries over HTTP; made when there is none.</summary>
    public Result<string> AuditorSecret(ParseResult parsed) => KeyFolder.Open(_data.Keys(parsed), session.Terminal.Clock).Ok(out var keys, out var refusal) ? AuditorToken.Of(keys) : refusal;

    /// <summary>The public key given on the command line, as its text or a file that holds it.</summary>
    public static Result<NoteKey> Read(string given) => NoteKey.Parse(File.Exists(given) ? File.ReadAllText(given).Trim() : given);

    private Result<SigningKey> SigningKey(ParseResult parsed) => KeyFolder.Open(_data.Keys(parsed), session.Terminal.Clock).Ok(out var keys, out var refusal) ? keys.Current(KeyPurposes.Ledger, SigningSuites.Ed25519.Id) : refusal;
}
