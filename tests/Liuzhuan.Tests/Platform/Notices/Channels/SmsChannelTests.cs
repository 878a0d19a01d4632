using System.Text;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Channels;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Web;
using Microsoft.Extensions.Primitives;

namespace Liuzhuan.Tests.Platform.Notices.Channels;

public class SmsChannelTests
{
    /// <summary>An answer, and whether the attempt is over for good, tried again, or was taken.</summary>
    public static TheoryData<string, string, string?> Answers => new()
    {
        { Receiver.Reply(200, "{\"id\":\"IDIDIDIDIDIDIDIDIDIDIDIDIDIDIDID\"}"), NoticeStates.Sent, null },
        { Receiver.Reply(202, "{\"reference\":7,\"id\":\"IDIDIDIDIDIDIDIDIDIDIDIDIDIDIDID\"}"), NoticeStates.Sent, null },
        { Receiver.Reply(409, ""), NoticeStates.Sent, null },
        { Receiver.Reply(400, "{}"), NoticeStates.Dead, "receiver.status:400" },
        { Receiver.Reply(422, "{}"), NoticeStates.Dead, "receiver.status:422" },
        { Receiver.Reply(410, ""), NoticeStates.Dead, "receiver.status:410" },
        { Receiver.Reply(401, ""), NoticeStates.Waiting, "receiver.status:401" },
        { Receiver.Reply(429, "", "Retry-After: 3600\r\n"), NoticeStates.Waiting, "receiver.status:429" },
        { Receiver.Reply(500, ""), NoticeStates.Waiting, "receiver.status:500" },
        { Receiver.Reply(503, "<html>"), NoticeStates.Waiting, "receiver.status:503" },
        { Receiver.Reply(302, "", "Location: https://elsewhere.example/\r\n"), NoticeStates.Waiting, NoticeCauses.Redirect },
        { Receiver.Reply(200, "<html>Please log in</html>"), NoticeStates.Waiting, NoticeCauses.Garbage },
        { Receiver.Reply(200, "{\"id\":\"another\"}"), NoticeStates.Waiting, NoticeCauses.Garbage },
        { Receiver.Reply(200, "{\"id\":[]}"), NoticeStates.Waiting, NoticeCauses.Garbage },
        { Receiver.Reply(200, "[[[[[[[[[[[[[[[[[[[["), NoticeStates.Waiting, NoticeCauses.Garbage },
        { Receiver.Reply(200, new string('x', 100_000)), NoticeStates.Waiting, NoticeCauses.Garbage },
        { "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{", NoticeStates.Waiting, NoticeCauses.Unreachable },
        { "SSH-2.0-OpenSSH\r\n", NoticeStates.Waiting, NoticeCauses.Unreachable },
        { "HTTP/1.1 200 OK\r\nX: " + new string('y', 200_000) + "\r\n\r\n", NoticeStates.Waiting, NoticeCauses.Unreachable },
        { "", NoticeStates.Waiting, NoticeCauses.Unreachable },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task Every_answer_of_a_gateway_means_what_the_contract_says(string answer, string state, string? cause)
    {
        await using var receiver = new Receiver { Answer = received => answer.Replace("IDIDIDIDIDIDIDIDIDIDIDIDIDIDIDID", received.Id, StringComparison.Ordinal) };
        await using var ground = await NoticeGround.CreateAsync("sqlite", new NoticeOptions { SmsGateway = receiver.Address });
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code(), CancellationToken.None);

        Assert.Equal(1, await ground.First.SendAllAsync());

        var row = await ground.RowAsync();
        Assert.Equal((state, cause), (row.State, row.Cause));
        if (cause == "receiver.status:429") Assert.Equal(ground.Clock.Now.AddHours(1), row.NextAt);
        if (cause == NoticeCauses.Redirect) Assert.Single(receiver.All);
    }

    [Fact]
    public async Task A_gateway_that_never_answers_or_is_not_there_is_tried_again()
    {
        await using var receiver = new Receiver { Answer = _ => null };
        await using var silent = await NoticeGround.CreateAsync("sqlite", new NoticeOptions { SmsGateway = receiver.Address, Timeout = TimeSpan.FromMilliseconds(300) });
        await silent.Outbox.AddAsync(silent.Store, NoticeGround.Code(), CancellationToken.None);
        await silent.First.SendAllAsync();
        Assert.Equal((NoticeStates.Waiting, NoticeCauses.Timeout), ((await silent.RowAsync()).State, (await silent.RowAsync()).Cause));

        Uri gone;
        await using (var ended = new Receiver()) gone = ended.Address;
        await using var nobody = await NoticeGround.CreateAsync("sqlite", new NoticeOptions { SmsGateway = gone });
        await nobody.Outbox.AddAsync(nobody.Store, NoticeGround.Code(), CancellationToken.None);
        await nobody.First.SendAllAsync();
        Assert.Equal(NoticeCauses.Unreachable, (await nobody.RowAsync()).Cause);

        await using var unset = await NoticeGround.CreateAsync("sqlite", new NoticeOptions());
        await unset.Outbox.AddAsync(unset.Store, NoticeGround.Code(), CancellationToken.None);
        await unset.First.SendAllAsync();
        Assert.Equal(NoticeCauses.ChannelOff, (await unset.RowAsync()).Cause);
    }

    [Fact]
    public async Task The_gateway_can_check_who_sent_it_and_that_nothing_was_changed()
    {
        await using var receiver = new Receiver();
        await using var ground = await NoticeGround.CreateAsync("sqlite", new NoticeOptions { SmsGateway = receiver.Address });
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code(), CancellationToken.None);
        await ground.First.SendAllAsync();
        var received = Assert.Single(receiver.All);
        var key = VerifyingKey.Of(ground.First.Keys.Current(KeyPurposes.Notices, SigningSuites.Es256.Id));

        Assert.True(MessageVerifier.Verify(new Wire(received, receiver.Address), SignedPost.Policy, id => id == key.KeyId ? key : null, ground.Clock.Now).Ok(out _, out var refusal), refusal?.English);
        Assert.Null(ContentDigest.Check(received.Fields["Content-Digest"], received.Body));
        Assert.Equal($"\"{received.Id}\"", received.Fields["Idempotency-Key"]);
        var other = received with { Fields = received.Fields.ToDictionary(field => field.Key, field => field.Key == "Idempotency-Key" ? "\"other\"" : field.Value) };
        Assert.False(MessageVerifier.Verify(new Wire(other, receiver.Address), SignedPost.Policy, _ => key, ground.Clock.Now).Ok(out _, out _));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("【流转】您的登录验证码是 135790，5 分钟内有效。请勿告诉任何人，工作人员不会向您索要。", 1)]
    public void Short_texts_take_one_segment(string text, int segments) => Assert.Equal(segments, SmsText.Segments(text));

    [Theory]
    [InlineData("a", 160, 1), InlineData("a", 161, 2), InlineData("a", 306, 2), InlineData("a", 307, 3), InlineData("€", 80, 1), InlineData("€", 81, 2)]
    [InlineData("中", 70, 1), InlineData("中", 71, 2), InlineData("中", 134, 2), InlineData("中", 135, 3), InlineData("𠮷", 35, 1), InlineData("𠮷", 36, 2), InlineData("𠮷", 67, 3)]
    public void Segments_are_counted_as_networks_count_them(string letter, int count, int segments) =>
        Assert.Equal(segments, SmsText.Segments(new StringBuilder().Insert(0, letter, count).ToString()));

    [Fact]
    public async Task A_text_that_is_too_long_is_not_sent()
    {
        await using var receiver = new Receiver();
        await using var ground = await NoticeGround.CreateAsync("sqlite", new NoticeOptions { SmsGateway = receiver.Address, MostSegments = 2 });
        var long_ = new string('长', 200);
        await ground.Outbox.AddAsync(ground.Store, NoticeGround.Code() with { Values = new Dictionary<string, Text> { ["code"] = new(long_, long_), ["minutes"] = new("5", "5") } }, CancellationToken.None);
        await ground.First.SendAllAsync();
        Assert.Empty(receiver.All);
        Assert.Equal((NoticeStates.Dead, "sms.too-long:4"), ((await ground.RowAsync()).State, (await ground.RowAsync()).Cause));
    }

    /// <summary>A request as the receiver saw it, for the check of its signature.</summary>
    internal sealed class Wire(Received received, Uri address) : HttpMessage
    {
        public override string Method => received.Line.Split(' ')[0];

        public override string Scheme => address.Scheme;

        public override string Authority => received.Fields["Host"];

        public override string Path => address.AbsolutePath;

        public override string Query => address.Query.Length > 0 ? address.Query : "?";

        public override StringValues Field(string name) => received.Fields.TryGetValue(name, out var value) ? value : StringValues.Empty;
    }
}
