using System.Data.Common;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace Liuzhuan.Exchange.Questions;

/// <summary>Remembers which requests were answered, durably and together with their ledger entry: a nonce counts once, and an idempotency key brings back its answer.</summary>
internal sealed class AnsweredQuestions(DataStore store) : ICompanionWriter
{
    private static readonly string[] Columns = ["client_id", "nonce", "idempotency_key", "body_digest", "position", "tree_size", "salt", "answer", "expires_at"];

    private static readonly string InsertOne = $"insert into answered_questions ({string.Join(", ", Columns)}) values ({string.Join(", ", Columns.Select(name => "@" + name))}) on conflict do nothing";

    private static readonly string InsertMany =
        $"insert into answered_questions ({string.Join(", ", Columns)}) select * from unnest({string.Join(", ", Columns.Select(name => "@" + name))}) on conflict do nothing returning client_id, nonce";

    /// <summary>The stored answer under an idempotency key, or null.</summary>
    public async Task<Stored?> FindAsync(string client, string key, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var found = await connection.ListAsync(null,
            "select body_digest, position, tree_size, salt, answer from answered_questions where client_id = @client and idempotency_key = @key",
            row => new Stored((byte[])row[0], row.GetInt64(1), row.GetInt64(2), (byte[])row[3], (byte[])row[4]), stop, ("client", client), ("key", key));
        return found.FirstOrDefault();
    }

    /// <summary>Forgets what has expired. Gives back how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, "delete from answered_questions where expires_at < @now", stop, ("now", now));
    }

    public Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, IReadOnlyList<CompanionRow> rows, CancellationToken stop) =>
        transaction is NpgsqlTransaction postgres ? WriteManyAsync(postgres, rows, stop) : WriteEachAsync(transaction, rows, stop);

    // SQLite runs in this process: a prepared statement for each row costs microseconds.
    private static async Task<IReadOnlyList<int>> WriteEachAsync(DbTransaction transaction, IReadOnlyList<CompanionRow> rows, CancellationToken stop)
    {
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
        await using var command = connection.Command(transaction, InsertOne, [.. Columns.Select(name => (name, (object?)null))]);
        List<int>? refused = null;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = (AnsweredQuestion)rows[i].Content;
            object[] values = [row.Client, row.Nonce, (object?)row.IdempotencyKey ?? DBNull.Value, row.BodyDigest, rows[i].Position, rows[i].TreeSize, row.Salt, row.Answer, Instants.ToMicroseconds(row.ExpiresAt)];
            for (var column = 0; column < values.Length; column++) command.Parameters[column].Value = values[column];
            if (await command.ExecuteNonQueryAsync(stop) == 0) (refused ??= []).Add(i);
        }

        return (IReadOnlyList<int>?)refused ?? [];
    }

    // PostgreSQL is a message away: all rows travel in one.
    private static async Task<IReadOnlyList<int>> WriteManyAsync(NpgsqlTransaction transaction, IReadOnlyList<CompanionRow> rows, CancellationToken stop)
    {
        var contents = rows.Select(row => (AnsweredQuestion)row.Content).ToList();
        await using var command = new NpgsqlCommand(InsertMany, transaction.Connection, transaction);
        Add(command, "client_id", NpgsqlDbType.Text, contents.Select(row => row.Client));
        Add(command, "nonce", NpgsqlDbType.Text, contents.Select(row => row.Nonce));
        Add(command, "idempotency_key", NpgsqlDbType.Text, contents.Select(row => row.IdempotencyKey));
        Add(command, "body_digest", NpgsqlDbType.Bytea, contents.Select(row => row.BodyDigest));
        Add(command, "position", NpgsqlDbType.Bigint, rows.Select(row => row.Position));
        Add(command, "tree_size", NpgsqlDbType.Bigint, rows.Select(row => row.TreeSize));
        Add(command, "salt", NpgsqlDbType.Bytea, contents.Select(row => row.Salt));
        Add(command, "answer", NpgsqlDbType.Bytea, contents.Select(row => row.Answer));
        Add(command, "expires_at", NpgsqlDbType.TimestampTz, contents.Select(row => row.ExpiresAt.UtcDateTime));
        var written = new HashSet<(string, string)>();
        await using (var inserted = await command.ExecuteReaderAsync(stop))
        {
            while (await inserted.ReadAsync(stop)) written.Add((inserted.GetString(0), inserted.GetString(1)));
        }

        if (written.Count == rows.Count) return [];
        // Of two rows with one nonce in the same group the first was written.
        var refused = new List<int>();
        for (var i = 0; i < contents.Count; i++)
        {
            if (!written.Remove((contents[i].Client, contents[i].Nonce))) refused.Add(i);
        }

        return refused;
    }

    private static void Add<T>(NpgsqlCommand command, string name, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]>(name, NpgsqlDbType.Array | type) { TypedValue = [.. values] });

    /// <summary>An answer given before, with what is needed to give it again byte for byte.</summary>
    internal sealed record Stored(byte[] BodyDigest, long Position, long TreeSize, byte[] Salt, byte[] Answer);
}

/// <summary>A request that is being answered.</summary>
/// <param name="Nonce">Of the request's signature, or one of our own when a certificate stands for it.</param>
/// <param name="Answer">The answer's bytes; empty when no idempotency key asks to keep them.</param>
internal sealed record AnsweredQuestion(string Client, string Nonce, string? IdempotencyKey, byte[] BodyDigest, byte[] Salt, byte[] Answer, DateTimeOffset ExpiresAt);
