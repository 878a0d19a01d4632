using System.Text;
using Liuzhuan.Exchange.Questions;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Tests.Platform.Ledger;

namespace Liuzhuan.Tests.Exchange.Questions;

public class AnsweredQuestionsTests
{
    private static readonly DateTimeOffset Signed = TestClock.Morning;

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_signed_request_counts_once_in_one_commit_and_over_many_hosts(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        await using var other = ground.OpenAnother();
        var answered = new AnsweredQuestions(ground.Store);

        var together = await ground.Ledger.AppendAsync([Entry(Asked("a")), Entry(Asked("b")), Entry(Asked("a")), Entry(Asked("a", client: "court"))], default);
        var elsewhere = await other.AppendAsync([Entry(Asked("b")), Entry(Asked("c")), Entry(Asked("a", client: "court"))], default);

        Assert.Equal([true, true, false, true], together.Select(receipt => receipt is not null));
        Assert.Equal([false, true, false], elsewhere.Select(receipt => receipt is not null));
        Assert.Equal(4, (await ground.ReadSoundAsync()).Count);

        NewEntry Entry(AnsweredQuestion question) => LedgerGround.Entry(1) with { Companions = [new Companion(answered, question)] };
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_certificate_stands_for_counts_as_often_as_it_is_sent(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        var answered = new AnsweredQuestions(ground.Store);
        var entry = LedgerGround.Entry(1) with { Companions = [new Companion(answered, new AnsweredQuestion("school", "one of our own", SignedAt: null, Kept: null))] };
        Assert.All(await ground.Ledger.AppendAsync([entry, entry], default), Assert.NotNull);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_idempotency_key_is_kept_once_and_gives_back_what_was_kept(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        var answered = new AnsweredQuestions(ground.Store);

        var receipts = await ground.Ledger.AppendAsync([Entry("n1", "k"), Entry("n2", "k"), Entry("n3", "other"), Entry("n4", null)], default);

        Assert.Equal([true, false, true, true], receipts.Select(receipt => receipt is not null));
        var stored = (await answered.FindAsync("school", "k", default))!;
        Assert.Equal(receipts[0]!.Position, stored.Position);
        Assert.Contains($"\n{stored.TreeSize}\n", receipts[0]!.Checkpoint, StringComparison.Ordinal);
        Assert.Equal(("digest n1", "salt n1", "answer n1"), (Text(stored.BodyDigest), Text(stored.Salt), Text(stored.Answer)));
        Assert.Null(await answered.FindAsync("court", "k", default));

        Assert.Equal(2, await answered.ForgetAnswersAsync(Signed.AddHours(2), default));
        Assert.Null(await answered.FindAsync("school", "k", default));

        NewEntry Entry(string nonce, string? key) => LedgerGround.Entry(1) with
        {
            Companions = [new Companion(answered, Asked(nonce) with { Kept = key is null ? null : new KeptAnswer(key, Bytes($"digest {nonce}"), Bytes($"salt {nonce}"), Bytes($"answer {nonce}"), Signed.AddHours(1)) })],
        };
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Requests_too_old_to_be_taken_are_forgotten_and_no_others(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        var answered = new AnsweredQuestions(ground.Store);
        await ground.Ledger.AppendAsync([.. Enumerable.Range(0, 10).Select(second => Entry(second))], default);

        Assert.Equal(4, await answered.ForgetAskedAsync(Signed.AddSeconds(4), default));

        Assert.NotNull(await ground.Ledger.AppendAsync(Entry(3), default));
        Assert.Null(await ground.Ledger.AppendAsync(Entry(4), default));

        NewEntry Entry(int second) => LedgerGround.Entry(second) with { Companions = [new Companion(answered, Asked("same") with { SignedAt = Signed.AddSeconds(second) })] };
    }

    private static AnsweredQuestion Asked(string nonce, string client = "school") => new(client, nonce, Signed, Kept: null);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
