using System.Net.Http.Headers;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Liuzhuan.Tests.Platform.Signing.Messages;

/// <summary>Client and server as they are: signatures over a real connection.</summary>
public sealed class RoundTripTests : IAsyncLifetime
{
    private static readonly SigningKey Agency = SigningSuites.Es256.Load(SigningSuites.Es256.NewPrivateKey()), Server = SigningSuites.Es256.Load(SigningSuites.Es256.NewPrivateKey());

    private readonly TestClock _clock = new(TestClock.Morning);
    private readonly WebApplication _app;
    private string? _refused;

    public RoundTripTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/api/questions")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("/?")]
    [InlineData("/api/%E8%AF%81%20%2F..//x/?b=%26&a=1&a=2+3")]
    [InlineData("/甲?q=乙")]
    [InlineData("/a%28b%29/%2e%2e/c")]
    public async Task A_question_and_its_answer_prove_each_other(string address)
    {
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, _app.Urls.First() + address) { Content = new ByteArrayContent([1, 2, 3]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "abc");
        request.Headers.Add("Idempotency-Key", "\"k\"");
        using var response = await client.SendAsync(request);
        var content = await response.Content.ReadAsByteArrayAsync();

        Assert.Null(_refused);
        Assert.True(Check(response, request, content).Ok(out var signature, out var refusal), refusal?.English);
        Assert.Equal(Server.KeyId, signature.Key.KeyId);
        Assert.Equal("digest.different", Check(response, request, content[1..]).Ok(out _, out var cut) ? null : cut.Code);

        // Another question, though the same in every word, has another nonce, and this is not its answer.
        using var again = new HttpRequestMessage(HttpMethod.Post, request.RequestUri) { Content = request.Content };
        again.Headers.Authorization = request.Headers.Authorization;
        await RequestSigner.SignAsync(again, Agency, _clock.Now, CancellationToken.None);
        Assert.Equal("auth.signature-wrong", Check(response, again, content).Ok(out _, out var other) ? null : other.Code);
    }

    [Fact]
    public async Task A_question_without_content_is_signed_too()
    {
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, _app.Urls.First() + "/api/batches/7");
        using var response = await client.SendAsync(request);

        Assert.Null(_refused);
        Assert.True(Check(response, request, await response.Content.ReadAsByteArrayAsync()).Ok(out _, out var refusal), refusal?.English);
    }

    [Fact]
    public async Task The_answer_to_an_unsigned_question_names_the_question()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, _app.Urls.First() + "/api/facts?x=1");
        using var response = await client.SendAsync(request);
        var content = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal("auth.signature-missing", _refused);
        Assert.True(Check(response, request, content).Ok(out _, out _));
        using var other = new HttpRequestMessage(HttpMethod.Get, _app.Urls.First() + "/api/facts?x=2");
        Assert.Equal("auth.signature-wrong", Check(response, other, content).Ok(out _, out var refusal) ? null : refusal.Code);
    }

    [Theory]
    [InlineData("sig1=:AA\tAA:")]
    [InlineData("")]
    [InlineData("sig1")]
    public async Task A_strange_signature_is_refused_in_a_signed_answer(string field)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, _app.Urls.First() + "/api/facts");
        request.Headers.TryAddWithoutValidation("Signature", field);
        request.Headers.TryAddWithoutValidation("Signature-Input", "sig1=()");
        using var response = await client.SendAsync(request);

        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("auth.signature-", _refused, StringComparison.Ordinal);
        Assert.True(response.Headers.Contains("Signature"));
    }

    [Fact]
    public void An_address_that_cannot_be_signed_is_answered_without_a_signature()
    {
        var context = new DefaultHttpContext { Response = { StatusCode = 400, ContentType = "application/json" } };
        AnswerSigner.Sign(context.Response, PlainMessage.Asking("GET", "答.example", "/", "?"), "{}"u8, Server, _clock.Now);

        Assert.False(context.Response.Headers.ContainsKey("Signature"));
        Assert.True(context.Response.Headers.ContainsKey("Content-Digest"));
    }

    [Theory]
    [InlineData("https", "Answers.Example:443", "answers.example")]
    [InlineData("http", "answers.example:80", "answers.example")]
    [InlineData("http", "answers.example:443", "answers.example:443")]
    [InlineData("https", "[2001:DB8::1]:8443", "[2001:db8::1]:8443")]
    public void The_authority_has_one_form(string scheme, string host, string expected)
    {
        Assert.Equal(expected, AuthorityText.Of(scheme, host));
        Assert.Equal(expected, AuthorityText.Of(new Uri($"{scheme}://{host}/x")));
    }

    [Fact]
    public void Behind_a_proxy_the_public_address_counts()
    {
        var context = new DefaultHttpContext { Request = { Scheme = "http", Host = new HostString("10.0.0.7:5000"), Path = "/api/questions", Method = "POST" } };
        var message = new IncomingRequest(context.Request, new Uri("https://answers.example"));

        Assert.Equal(("https", "answers.example", "/api/questions", "?"), (message.Scheme, message.Authority, message.Path, message.Query));
    }

    [Fact]
    public void The_target_counts_as_it_was_sent_and_not_as_it_was_understood()
    {
        var context = new DefaultHttpContext { Request = { Scheme = "https", Host = new HostString("answers.example"), Path = "/a(b)", QueryString = new QueryString("?c") } };
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/%61%28b%29?%63";
        var message = new IncomingRequest(context.Request);

        Assert.Equal(("/%61%28b%29", "?%63"), (message.Path, message.Query));
    }

    private HttpClient Client() => new(new RequestSigner(Agency, _clock) { InnerHandler = new SocketsHttpHandler() });

    private Result<VerifiedSignature> Check(HttpResponseMessage response, HttpRequestMessage request, byte[] content) =>
        AnswerVerifier.Verify(response, request, content, id => id == Server.KeyId ? VerifyingKey.Of(Server) : null, _clock.Now);

    private async Task AnswerAsync(HttpContext context)
    {
        var request = new IncomingRequest(context.Request);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var policy = body.Length > 0 ? ExchangeSignatures.RequestWithContent : ExchangeSignatures.RequestWithoutContent;
        _refused = MessageVerifier.Verify(request, policy, id => id == Agency.KeyId ? VerifyingKey.Of(Agency) : null, _clock.Now).Ok(out _, out var refusal) ? null : refusal.Code;
        if (_refused is null && body.Length > 0) _refused = ContentDigest.Check(context.Request.Headers[ContentDigest.Name], body.ToArray())?.Code;

        var answer = "{\"verdict\":\"consistent\"}"u8.ToArray();
        context.Response.ContentType = "application/json";
        AnswerSigner.Sign(context.Response, request, answer, Server, _clock.Now);
        await context.Response.Body.WriteAsync(answer);
    }
}
