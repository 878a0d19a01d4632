using System.Data.Common;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Liuzhuan.Exchange.Questions;

/// <summary>Remembers which requests were answered, durably and together with their ledger entry: a signed request counts once, and an idempotency key brings back its answer.</summary>
internal sealed class AnsweredQuestions(DataStore store) : ICompanionWriter
{
    private static readonly string[] Columns = ["client_id", "nonce", "idempotency_key", "body_digest", "position", "tree_size", "salt", "answer", "expires_at"];

    private static readonly string
        InsertOne = $"insert into answered_questions ({string.Join(", ", Columns)}) values ({string.Join(", ", Columns.Select(_ => "?"))}) on conflict do nothing",
        InsertMany = $"insert into answered_questions ({string.Join(", ", Columns)}) select * from unnest({string.Join(", ", Columns.Select((_, i) => $"${i + 1}"))}) on conflict do nothing returning client_id, nonce";

    private const string
        AskOne = "insert into asked_questions (signed_at, digest) values (?, ?) on conflict do nothing",
        AskMany = "insert into asked_questions (signed_at, digest) select * from unnest($1, $2) on conflict do nothing returning signed_at, digest";

    /// <summary>The stored answer under an idempotency key, or null.</summary>
    public async Task<Stored?> FindAsync(string client, string key, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var found = await connection.ListAsync(null,
            "select body_digest, position, tree_size, salt, answer from answered_questions where client_id = @client and idempotency_key = @key",
            row => new Stored((byte[])row[0], row.GetInt64(1), row.GetInt64(2), (byte[])row[3], (byte[])row[4]), stop, ("client", client), ("key", key));
        return found.FirstOrDefault();
    }

    /// <summary>Forgets answers whose time is over. Gives back how many.</summary>
    public async Task<int> ForgetAnswersAsync(DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, "delete from answered_questions where expires_at < @now", stop, ("now", now));
    }

    /// <summary>Forgets requests that would be refused for their age anyway. Gives back how many.</summary>
    public async Task<int> ForgetAskedAsync(DateTimeOffset signedBefore, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, "delete from asked_questions where signed_at < @before", stop, ("before", signedBefore));
    }

    public Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, CompanionRow[] rows, CancellationToken stop) =>
        transaction is NpgsqlTransaction postgres ? WriteManyAsync(postgres, rows, stop) : Task.FromResult<IReadOnlyList<int>>(WriteEach((SqliteConnection)(transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.")), rows));

    // SQLite runs in this process: a prepared statement for each row costs a microsecond or two.
    private static List<int> WriteEach(SqliteConnection connection, CompanionRow[] rows)
    {
        using var ask = SqliteStatement.Of(connection, AskOne);
        var refused = new List<int>();
        for (var i = 0; i < rows.Length; i++)
        {
            var row = (AnsweredQuestion)rows[i].Content;
            var isFirst = row.SignedAt is not { } signed || ask.Add(Instants.ToMicroseconds(signed)).Add(row.Digest.AsSpan()).Run() > 0;
            if (!isFirst || (row.Kept is { } kept && !Keep(connection, rows[i], row, kept))) refused.Add(i);
        }

        return refused;
    }

    private static bool Keep(SqliteConnection connection, CompanionRow place, AnsweredQuestion row, KeptAnswer kept)
    {
        using var insert = SqliteStatement.Of(connection, InsertOne);
        return insert.Add(row.Client).Add(row.Nonce).Add(kept.IdempotencyKey).Add(kept.BodyDigest).Add(place.Position).Add(place.TreeSize).Add(kept.Salt).Add(kept.Answer).Add(Instants.ToMicroseconds(kept.ExpiresAt)).Run() > 0;
    }

    // PostgreSQL is a message away: all rows travel in one.
    private static async Task<IReadOnlyList<int>> WriteManyAsync(NpgsqlTransaction transaction, CompanionRow[] rows, CancellationToken stop)
    {
        var contents = rows.Select((row, i) => (Row: (AnsweredQuestion)row.Content, Place: row, Index: i)).ToList();
        var (asked, kept) = (contents.FindAll(one => one.Row.SignedAt is not null), contents.FindAll(one => one.Row.Kept is not null));
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        if (asked.Count > 0)
        {
            Add(AskMany, Column(NpgsqlDbType.TimestampTz, asked.Select(one => one.Row.SignedAt!.Value.UtcDateTime)), Column(NpgsqlDbType.Bytea, asked.Select(one => one.Row.Digest)));
        }

        if (kept.Count > 0)
        {
            Add(InsertMany,
                Column(NpgsqlDbType.Text, kept.Select(one => one.Row.Client)),
                Column(NpgsqlDbType.Text, kept.Select(one => one.Row.Nonce)),
                Column(NpgsqlDbType.Text, kept.Select(one => one.Row.Kept!.IdempotencyKey)),
                Column(NpgsqlDbType.Bytea, kept.Select(one => one.Row.Kept!.BodyDigest)),
                Column(NpgsqlDbType.Bigint, kept.Select(one => one.Place.Position)),
                Column(NpgsqlDbType.Bigint, kept.Select(one => one.Place.TreeSize)),
                Column(NpgsqlDbType.Bytea, kept.Select(one => one.Row.Kept!.Salt)),
                Column(NpgsqlDbType.Bytea, kept.Select(one => one.Row.Kept!.Answer)),
                Column(NpgsqlDbType.TimestampTz, kept.Select(one => one.Row.Kept!.ExpiresAt.UtcDateTime)));
        }

        if (batch.BatchCommands.Count == 0) return [];
        await batch.PrepareAsync(stop);
        await using var written = await batch.ExecuteReaderAsync(stop);
        var refused = new SortedSet<int>();
        if (asked.Count > 0)
        {
            refused.UnionWith(await MissingAsync(asked, one => (one.Row.SignedAt!.Value, Convert.ToHexString(one.Row.Digest)), row => (row.Instant(0), Convert.ToHexString(row.GetFieldValue<byte[]>(1)))));
            await written.NextResultAsync(stop);
        }

        if (kept.Count > 0) refused.UnionWith(await MissingAsync(kept, one => (one.Row.Client, one.Row.Nonce), row => (row.GetString(0), row.GetString(1))));
        return [.. refused];

        void Add(string text, params NpgsqlParameter[] columns)
        {
            var command = new NpgsqlBatchCommand(text);
            command.Parameters.AddRange(columns);
            batch.BatchCommands.Add(command);
        }

        // Of two equal rows in the same group the first was written.
        async Task<List<int>> MissingAsync<T>(List<(AnsweredQuestion Row, CompanionRow Place, int Index)> sent, Func<(AnsweredQuestion Row, CompanionRow Place, int Index), T> name, Func<DbDataReader, T> read)
        {
            var there = new HashSet<T>();
            while (await written.ReadAsync(stop)) there.Add(read(written));
            return there.Count == sent.Count ? [] : [.. sent.Where(one => !there.Remove(name(one))).Select(one => one.Index)];
        }
    }

    private static NpgsqlParameter<T[]> Column<T>(NpgsqlDbType type, IEnumerable<T> values) => new() { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. values] };

    /// <summary>An answer given before, with what is needed to give it again byte for byte.</summary>
    internal sealed record Stored(byte[] BodyDigest, long Position, long TreeSize, byte[] Salt, byte[] Answer);
}
