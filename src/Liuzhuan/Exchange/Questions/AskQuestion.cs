using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Agreements.Contract;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Telemetry;

namespace Liuzhuan.Exchange.Questions;

/// <summary>POST /api/questions: one person, one or more facts. The answer leaves only after its ledger entry is durable; a repeated request gets the stored answer.</summary>
internal sealed class AskQuestion(AccessList access, QuestionDesk desk, AnsweredQuestions answered, AccessRecorder accesses, Ledger ledger, AppendEntry append, ApiOptions options, TimeProvider clock)
{
    public static readonly Refusal Running = new("idempotency.running",
        "同一 Idempotency-Key 的请求正在处理。请稍后用同一键重试。",
        "A request with the same Idempotency-Key is being answered. Try again shortly with the same key.", StatusCodes.Status409Conflict);

    public static readonly Refusal Different = new("idempotency.different",
        "这个 Idempotency-Key 已用于正文不同的请求。新的请求请用新的键。",
        "This Idempotency-Key was used with a different body. Use a new key for a new request.", StatusCodes.Status422UnprocessableEntity);

    public static readonly Refusal Replayed = new("auth.replayed",
        "这个请求已经收到过一次（签名的 nonce 重复）。每个请求请用新的 nonce 重新签名。",
        "This very request was received before: the nonce of its signature repeats. Sign each request with a new nonce.", StatusCodes.Status401Unauthorized);

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<(string Client, string Key), byte> _running = new();

    public async Task<ApiReply> HandleAsync(ApiCall call, CancellationToken stop)
    {
        if (!call.IsJson && call.Body.Length > 0) return call.Refuse(ApiRefusals.MediaType);
        if (call.IdempotencyKey is not { } key) return await AnswerAsync(call, stop);
        if (!_running.TryAdd((call.ClientId, key), 0)) return call.Refuse(Running);
        try
        {
            return await StoredAsync(call, key, stop) ?? await AnswerAsync(call, stop);
        }
        finally
        {
            _running.TryRemove((call.ClientId, key), out _);
        }
    }

    private async Task<ApiReply> AnswerAsync(ApiCall call, CancellationToken stop)
    {
        if (!QuestionBody.Read(call.Body.Span).Ok(out var body, out var refusal)) return call.Refuse(refusal);
        if (await access.FindAsync(call.ClientId, stop) is not { } client) return call.Refuse(ApiRefusals.UnknownClient);
        if (!Decide(client, body).Ok(out var facts, out refusal)) return await RefuseAsync(call, client, refusal);

        var (now, salt, question) = (clock.GetUtcNow(), QuestionTrace.NewSalt(), call.Body);
        var asked = QuestionTrace.Digest(salt, question.Span);
        var answer = AnswerJson.Answer(asked, facts, now);
        var entry = new NewEntry("question", $"agency/{client.Agency}/{client.Id}", Detail(body, facts, asked, QuestionTrace.Digest(salt, answer)))
        {
            Payload = QuestionTrace.Payload(salt, question.Span, answer),
            ErasePayloadAfter = now + options.KeepPayloads,
            Companions = [new Companion(answered, new AnsweredQuestion(client.Id, call.Nonce, call.SignedAt, Kept(call, salt, answer, now))), accesses.For(Access(client, body, facts), People(facts))],
        };

        // Once the entry is on its way the caller's going away must not leave it half known.
        if (await append(entry, CancellationToken.None) is { } receipt)
        {
            foreach (var fact in facts) Meters.Answered(fact.Fact.Id, fact.Core.Verdict.Code());
            return Reply(answer, salt, receipt);
        }

        return call.IdempotencyKey is { } key && await StoredAsync(call, key, stop) is { } stored ? stored : call.Refuse(Replayed);
    }

    private Result<IReadOnlyList<FactAnswer>> Decide(KnownClient client, QuestionBody body)
    {
        using var span = Traces.Start("decide and match");
        return desk.Answer(client, body);
    }

    // That access was denied is a decision, and leaves a trace like every other; what was merely written wrongly is none.
    private async Task<ApiReply> RefuseAsync(ApiCall call, KnownClient client, Refusal refusal)
    {
        if (refusal.Status == StatusCodes.Status403Forbidden)
            await append(new NewEntry("decision", $"agency/{client.Agency}/{client.Id}", Encoding.ASCII.GetBytes($"{{\"denied\":\"{refusal.Code}\"}}")), CancellationToken.None);
        return call.Refuse(refusal);
    }

    private async Task<ApiReply?> StoredAsync(ApiCall call, string key, CancellationToken stop)
    {
        if (await answered.FindAsync(call.ClientId, key, stop) is not { } stored) return null;
        if (!stored.BodyDigest.AsSpan().SequenceEqual(SHA256.HashData(call.Body.Span))) return call.Refuse(Different);
        var receipt = await ledger.ReceiptAsync(stored.Position, stored.TreeSize, stop) ?? throw new LedgerBrokenException("A stored answer's entry is not in the log.");
        return Reply(stored.Answer, stored.Salt, receipt);
    }

    private ApiReply Reply(byte[] answer, byte[] salt, LedgerReceipt receipt) => new(StatusCodes.Status200OK, ApiReply.Json, AnswerJson.Response(answer, salt, ledger.Key.Name, receipt));

    private KeptAnswer? Kept(ApiCall call, byte[] salt, byte[] answer, DateTimeOffset now) =>
        call.IdempotencyKey is { } key ? new KeptAnswer(key, SHA256.HashData(call.Body.Span), salt, answer, now + options.KeepAnswers) : null;

    // What the person asked about will read of it.
    private static AccessEvent Access(KnownClient client, QuestionBody body, IReadOnlyList<FactAnswer> facts) => new()
    {
        Agency = client.Agency,
        Purpose = body.Purpose,
        Provision = facts.Count == 1 ? facts[0].Grant.Provision : string.Join('；', facts.Select(fact => fact.Grant.Provision).Distinct()),
        Fact = facts.Count == 1 ? facts[0].Fact.Id : string.Join(',', facts.Select(fact => fact.Fact.Id).Distinct()),
        // The day begins in Beijing.
        RevealedAt = body.SealedUntil is { } until ? new DateTimeOffset(until.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).ToUniversalTime() : null,
    };

    private static PersonKey[] People(IReadOnlyList<FactAnswer> facts) => [.. facts.SelectMany(fact => fact.People).Distinct().Select(number => new PersonKey(PersonKey.CitizenNumberKind, number))];

    private static byte[] Detail(QuestionBody body, IReadOnlyList<FactAnswer> facts, string question, string answer)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(bytes, Compact);
        json.WriteStartObject();
        json.WriteString("purpose", body.Purpose);
        json.WriteStartArray("facts");
        foreach (var fact in facts)
        {
            json.WriteStartObject();
            json.WriteString("fact", fact.Fact.Id);
            json.WriteString("grant", fact.Grant.Id);
            json.WriteString("register", fact.Register);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("question", question);
        json.WriteString("answer", answer);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
