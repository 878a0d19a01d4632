using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Signing.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Exchange.Questions;

public class AskQuestionTests
{
    // From the sample register.
    private const string Number = "210102197702083533", Name = "高静伟";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task One_question_gets_a_signed_answer_whose_receipt_proves_it(string database)
    {
        await using var service = await TestService.StartAsync(database);

        var question = TestService.Question(Number, Name, """{"sex":"女","birth_date":"1977-02-08"}""");
        var reply = await service.AskAsync(question);

        Assert.Equal(200, reply.Status);
        Assert.Equal("inconsistent", reply.Verdict);
        Assert.Equal("""["sex"]""", reply.Fact.GetProperty("differing").GetRawText());
        Proves(reply, question, service);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_idempotency_key_brings_back_the_same_bytes_even_after_a_restart(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var question = TestService.Question(Number, Name);

        var first = await service.AskAsync(question, idempotencyKey: "k1");
        var again = await service.AskAsync(question, idempotencyKey: "k1");
        await service.AskAsync(TestService.Question(Number, "别人"));
        await service.RestartAsync();
        // Signatures older than the start are refused, so that none from before it can be replayed.
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await service.AskAsync(question, idempotencyKey: "k1");
        var different = await service.AskAsync(TestService.Question(Number, "别人"), idempotencyKey: "k1");
        var other = await service.AskAsync(question, idempotencyKey: "k2");

        Assert.Equal(first.Body, again.Body);
        Assert.Equal(first.Body, later.Body);
        Assert.Equal((422, "idempotency.different"), (different.Status, different.Code));
        Assert.NotEqual(first.Position, other.Position);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_request_that_is_sent_again_as_it_was_is_refused(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var request = await service.RequestAsync(TestService.Question(Number, Name));
        using var copy = await CopyAsync(request);

        Assert.Equal(200, (await service.SendAsync(request)).Status);
        Assert.Equal(401, (await service.SendAsync(copy)).Status);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_nonce_that_another_host_has_taken_is_refused_by_the_ledgers_transaction(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var request = await service.RequestAsync(TestService.Question(Number, Name));
        using var copy = await CopyAsync(request);
        Assert.Equal(200, (await service.SendAsync(request)).Status);
        var size = (await service.Ledger.Log.HeadAsync(default)).Size;

        // A host that has not seen it: its memory is empty, the database's is not.
        await service.RestartAsync();
        service.Clock.Advance(TimeSpan.FromSeconds(-1));
        var refused = await service.SendAsync(copy);

        Assert.Equal((401, "auth.replayed"), (refused.Status, refused.Code));
        Assert.Equal(size, (await service.Ledger.Log.HeadAsync(default)).Size);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_not_granted_is_refused_and_leaves_no_answer(string database)
    {
        await using var service = await TestService.StartAsync(database);

        await service.TokenAsync(TestService.School);
        await service.TokenAsync(TestService.Court);
        var size = (await service.Ledger.Log.HeadAsync(default)).Size;
        Assert.Equal("access.fact-not-granted", (await service.AskAsync(TestService.Question(Number, Name), TestService.Court)).Code);
        Assert.Equal("access.fact-not-granted", (await service.AskAsync(TestService.Question(Number, Name, fact: "residence"))).Code);
        Assert.Equal("access.purpose-not-granted", (await service.AskAsync(TestService.Question(Number, Name, purpose: "court-enforcement"))).Code);
        Assert.Equal("access.field-not-granted", (await service.AskAsync(TestService.Question(Number, Name, """{"ethnicity":"汉族"}"""))).Code);
        // Each denial is an entry, and tells nothing of the person.
        Assert.Equal(size + 4, (await service.Ledger.Log.HeadAsync(default)).Size);
        var denied = Encoding.UTF8.GetString((await service.Ledger.Log.EntryAsync(size, default))!.Leaf);
        Assert.Contains("""{"denied":"access.fact-not-granted"}""", denied, StringComparison.Ordinal);
        Assert.Equal("question.unknown-fact", (await service.AskAsync(TestService.Question(Number, Name, fact: "wealth"))).Code);
        Assert.Equal("question.unknown-value", (await service.AskAsync(TestService.Question(Number, Name, """{"status":"active"}"""))).Code);
        await service.Access.DisableAsync(TestService.School, default);
        service.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(401, (await service.AskAsync(TestService.Question(Number, Name))).Status);
    }

    [Fact]
    public async Task A_token_opens_nothing_without_its_own_key()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var question = TestService.Question(Number, Name);
        using var unsigned = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Address, "/api/questions")) { Content = new StringContent(question, Encoding.UTF8, "application/json") };
        unsigned.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await service.TokenAsync(TestService.School));
        using var stolen = await service.RequestAsync(question, TestService.School, key: service.Keys[TestService.Court]);
        using var changed = await service.RequestAsync(question);
        changed.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(question.Replace(Name, "高静", StringComparison.Ordinal)));
        changed.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var none = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Address, "/api/questions")) { Content = new StringContent(question, Encoding.UTF8, "application/json") };

        Assert.All(await Task.WhenAll(service.SendAsync(unsigned), service.SendAsync(stolen), service.SendAsync(none)), reply => Assert.Equal(401, reply.Status));
        Assert.InRange((await service.SendAsync(changed)).Status, 400, 401);
    }

    [Fact]
    public async Task A_question_under_way_is_told_and_not_answered_twice()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var question = TestService.Question(Number, Name);
        await service.TokenAsync(TestService.School);
        await using var other = await service.Data.Store.OpenAsync(default);
        // The first waits for the database; meanwhile the second comes.
        await using var holding = await other.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
        var first = service.AskAsync(question, idempotencyKey: "slow");
        await Task.Delay(300);
        var second = await service.AskAsync(question, idempotencyKey: "slow");
        await holding.RollbackAsync();

        Assert.Equal((409, "idempotency.running"), (second.Status, second.Code));
        Assert.Equal(200, (await first).Status);
        Assert.Equal((await first).Body, (await service.AskAsync(question, idempotencyKey: "slow")).Body);
    }

    [Fact]
    public async Task Without_a_trace_there_is_no_answer()
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { Ledger = new LedgerOptions { Patience = TimeSpan.FromMilliseconds(300) } });
        await service.TokenAsync(TestService.School);
        await using (var other = await service.Data.Store.OpenAsync(default)) await other.ExecuteAsync(null, "alter table ledger_entries rename to gone", default);

        var reply = await service.AskAsync(TestService.Question(Number, Name));

        Assert.InRange(reply.Status, 500, 503);
        Assert.False(reply.Json.TryGetProperty("answer", out _));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_payload_beside_an_entry_can_be_erased_and_the_proof_still_holds(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var question = TestService.Question(Number, Name);
        var reply = await service.AskAsync(question);
        await using (var connection = await service.Data.Store.OpenAsync(default))
        {
            var kept = (byte[]?)await connection.ScalarAsync(null, "select content from ledger_payloads where position = @position", default, ("position", reply.Position));
            Assert.Equal($"{reply.Json.GetProperty("salt").GetString()}\n{reply.Json.GetProperty("answer").GetRawText()}\n{question}", Encoding.UTF8.GetString(kept!));
        }

        service.Clock.Advance(TimeSpan.FromDays(201));
        Assert.Equal(1, await service.App.Services.GetRequiredService<Retention>().EraseDueAsync(service.Clock.Now, default));

        await using (var connection = await service.Data.Store.OpenAsync(default))
            Assert.Null(await connection.ScalarAsync(null, "select content from ledger_payloads where position = @position", default, ("position", reply.Position)));
        Proves(reply, question, service);
        Assert.DoesNotContain(Number, Encoding.UTF8.GetString(Convert.FromBase64String(reply.Json.GetProperty("receipt").GetProperty("leaf").GetString()!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_in_is_by_the_registered_key_once_and_is_logged()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var endpoint = new Uri(service.Address, "/oauth/token").ToString();
        var assertion = ClientAssertions.Write(service.Keys[TestService.School], TestService.School, endpoint, service.Clock.Now);
        var size = (await service.Ledger.Log.HeadAsync(default)).Size;

        using var first = await service.RequestTokenAsync(assertion);
        using var again = await service.RequestTokenAsync(assertion);
        using var foreign = await service.RequestTokenAsync(ClientAssertions.Write(service.Keys[TestService.Court], TestService.School, endpoint, service.Clock.Now));
        using var elsewhere = await service.RequestTokenAsync(ClientAssertions.Write(service.Keys[TestService.School], TestService.School, "https://elsewhere.example/oauth/token", service.Clock.Now));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.All(new[] { again, foreign, elsewhere }, response => Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode));
        Assert.Equal(size + 1, (await service.Ledger.Log.HeadAsync(default)).Size);
    }

    [Fact]
    public async Task A_client_that_asks_too_fast_is_told_when_to_come_back()
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { Api = new() { Burst = 2, RequestsPerSecond = 1 } });
        var question = TestService.Question(Number, Name);
        var first = await service.AskAsync(question);
        await service.AskAsync(question);
        var third = await service.AskAsync(question);

        Assert.Equal("\"client\";r=1;t=0", first.Fields["RateLimit"]);
        Assert.Equal((429, "request.too-many"), (third.Status, third.Code));
        Assert.Equal("1", third.Fields["Retry-After"]);
        service.Clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(200, (await service.AskAsync(question)).Status);
    }

    [Fact]
    public async Task A_body_beyond_its_bounds_is_refused()
    {
        await using var service = await TestService.StartAsync("sqlite");
        Assert.Equal((413, "request.too-large"), await CodeAsync(new string(' ', 17 << 10)));
        Assert.Equal((400, "question.unreadable"), await CodeAsync("{"));

        async Task<(int, string?)> CodeAsync(string body)
        {
            var reply = await service.AskAsync(body);
            return (reply.Status, reply.Code);
        }
    }

    private static void Proves(TestService.Reply reply, string question, TestService service)
    {
        var (answer, receipt) = (reply.Json.GetProperty("answer"), reply.Json.GetProperty("receipt"));
        var salt = reply.Json.GetProperty("salt").GetBytesFromBase64();
        var leaf = receipt.GetProperty("leaf").GetBytesFromBase64();
        var detail = JsonSerializer.Deserialize<JsonElement>(leaf).GetProperty("detail");
        Assert.Equal(Salted(Encoding.UTF8.GetBytes(question)), detail.GetProperty("question").GetString());
        Assert.Equal(Salted(Encoding.UTF8.GetBytes(answer.GetRawText())), detail.GetProperty("answer").GetString());

        Assert.True(Checkpoint.Open(receipt.GetProperty("checkpoint").GetString()!, service.Ledger.Key).Ok(out var checkpoint, out _));
        var path = receipt.GetProperty("path").EnumerateArray().Select(hash => TreeHash.Read(hash.GetBytesFromBase64())).ToArray();
        Assert.True(TreeProofs.VerifyInclusion(TreeHash.OfLeaf(leaf), reply.Position, checkpoint.Size, path, checkpoint.Root));

        string Salted(byte[] content) => Convert.ToHexStringLower(SHA256.HashData([.. salt, .. content]));
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync()) };
        foreach (var (name, values) in request.Headers.NonValidated) copy.Headers.TryAddWithoutValidation(name, values.ToArray());
        foreach (var (name, values) in request.Content.Headers.NonValidated) copy.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        return copy;
    }
}
