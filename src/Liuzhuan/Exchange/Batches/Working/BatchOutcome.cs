using System.Buffers;
using System.Data.Common;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Exchange.Batches.Working;

/// <summary>What came of a batch: its statement for the ledger, and the row that becomes done with it.</summary>
/// <param name="Compared">Columns of the register that the file had and that were compared.</param>
internal sealed record BatchOutcome(Batch Batch, BatchTerms Terms, VerifyReport Report, IReadOnlyList<string> Compared, StoredContent Result, StoredContent Problems, DateTimeOffset ExpiresAt)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The detail of the ledger entry: digests and counts, nothing of a person. The manifest shows the same bytes.</summary>
    public byte[] Statement()
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(bytes, Compact);
        json.WriteStartObject();
        json.WriteString("batch", Batch.Id);
        json.WriteString("fact", Terms.Fact.Id);
        json.WriteString("purpose", Batch.Purpose);
        json.WriteString("grant", Terms.Grant.Id);
        json.WriteString("provision", Terms.Grant.Provision);
        WriteContent("input", new StoredContent(Batch.Sha256, Batch.Bytes));
        WriteContent("result", Result);
        WriteContent("problems", Problems);
        json.WriteString("register", Report.Register.Digest);
        json.WriteString("asOf", Report.Register.AsOf.UtcDateTime);
        WriteNames("compared", Compared);
        WriteNames("leftOut", Terms.LeftOut);
        json.WriteNumber("rows", Report.Rows);
        WriteCounts("verdicts", Report.Verdicts);
        WriteCounts("reasons", Report.Reasons);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();

        void WriteContent(string name, StoredContent content)
        {
            json.WriteStartObject(name);
            json.WriteString("sha256", content.Sha256);
            json.WriteNumber("bytes", content.Bytes);
            json.WriteEndObject();
        }

        void WriteNames(string name, IReadOnlyList<string> values)
        {
            json.WriteStartArray(name);
            foreach (var value in values) json.WriteStringValue(value);
            json.WriteEndArray();
        }

        void WriteCounts(string name, IReadOnlyDictionary<string, long> counts)
        {
            json.WriteStartObject(name);
            foreach (var (code, count) in counts) json.WriteNumber(code, count);
            json.WriteEndObject();
        }
    }

    /// <summary>Makes the batch done, in the transaction of its ledger entry; refuses the entry when it is not this worker's any more.</summary>
    public Companion Completion(byte[] statement) => new(Writer.Instance, (this, Encoding.UTF8.GetString(statement)));

    private sealed class Writer : ICompanionWriter
    {
        public static readonly Writer Instance = new();

        private const string Done = """
            update batches set state = 'done', lease = null, leased_until = null, ended_at = @at, rows_done = @rows, share_done = 1000,
                statement = @statement, position = @position, tree_size = @size,
                result_sha256 = @result, result_bytes = @resultbytes, problems_sha256 = @problems, problems_bytes = @problemsbytes, expires_at = @expires
            where id = @id and lease = @lease and state = 'running'
            """;

        public async Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, CompanionRow[] rows, CancellationToken stop)
        {
            var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
            var refused = new List<int>();
            for (var i = 0; i < rows.Length; i++)
            {
                var (outcome, statement) = ((BatchOutcome, string))rows[i].Content;
                var written = await connection.ExecuteAsync(transaction, Done, stop,
                    ("id", outcome.Batch.Id), ("lease", outcome.Batch.Lease), ("at", rows[i].At), ("rows", outcome.Report.Rows),
                    ("statement", statement), ("position", rows[i].Position), ("size", rows[i].TreeSize),
                    ("result", outcome.Result.Sha256), ("resultbytes", outcome.Result.Bytes), ("problems", outcome.Problems.Sha256), ("problemsbytes", outcome.Problems.Bytes),
                    ("expires", outcome.ExpiresAt));
                if (written == 0) refused.Add(i);
            }

            return refused;
        }
    }
}
