using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Signing.Tokens;
using Liuzhuan.Tests.Platform.Signing.Messages;

namespace Liuzhuan.Tests.Platform.Signing.Tokens;

public sealed class RequestGateTests : IDisposable
{
    private readonly TokenGround _ground = new();
    private readonly RequestGate _gate;

    public RequestGateTests() => _gate = new RequestGate(_ground.Tokens, _ground, _ground.Once, _ground.Clock);

    [Fact]
    public async Task A_token_with_a_signature_of_its_key_lets_in()
    {
        var result = await _gate.CheckAsync(Question(CourtToken(), _ground.CourtKey), ExchangeSignatures.RequestWithContent, null, CancellationToken.None);

        Assert.True(result.Ok(out var caller, out var refusal), refusal?.English);
        Assert.Equal(("court", _ground.CourtKey.KeyId), (caller.Client.Id, caller.Signature?.Key.KeyId));
        Assert.Null(caller.Lacks("questions"));
        Assert.Equal(("auth.scope-missing", 403), (caller.Lacks("batches")!.Code, caller.Lacks("batches")!.Status));
    }

    [Fact]
    public async Task A_request_serves_once_for_as_long_as_it_is_fresh()
    {
        var question = Question(CourtToken(), _ground.CourtKey);
        Assert.Null(await RefusedAsync(question));
        for (var half = 0; half <= 181; half++)
        {
            _ground.Clock.Now = TestClock.Morning.AddSeconds(half / 2.0);
            Assert.Equal("auth.signature-replayed", await RefusedAsync(question));
        }

        _ground.Clock.Now = TestClock.Morning.AddSeconds(91);
        Assert.Equal("auth.signature-expired", await RefusedAsync(question));
    }

    [Fact]
    public async Task A_store_that_forgets_on_the_dot_forgets_nothing_too_early()
    {
        var gate = new RequestGate(_ground.Tokens, _ground, new ExactOnceStore(_ground.Clock), _ground.Clock);
        var question = Question(CourtToken(), _ground.CourtKey);
        async Task<string?> CodeAsync() => (await gate.CheckAsync(question, ExchangeSignatures.RequestWithContent, null, CancellationToken.None)).Ok(out _, out var refusal) ? null : refusal.Code;

        Assert.Null(await CodeAsync());
        _ground.Clock.Now = TestClock.Morning.AddSeconds(91).AddTicks(-1);
        Assert.Equal("auth.signature-replayed", await CodeAsync());
        _ground.Clock.Now = TestClock.Morning.AddSeconds(91);
        Assert.Equal("auth.signature-expired", await CodeAsync());
    }

    [Fact]
    public async Task A_stolen_token_opens_nothing()
    {
        var stolen = CourtToken();
        Assert.Equal("auth.signature-unknown-key", await RefusedAsync(Question(stolen, _ground.SchoolKey)));
        Assert.Equal("auth.signature-unknown-key", await RefusedAsync(Question(stolen, _ground.CourtSecondKey)));
        Assert.Equal("auth.signature-missing", await RefusedAsync(Unsigned(stolen)));

        // The thief signs with its own key under the name of the owner's.
        var lying = Unsigned(stolen);
        var input = MessageSigner.Describe(lying, ExchangeSignatures.RequestWithContent, _ground.SchoolKey, _ground.Clock.Now, "n") with { KeyId = _ground.CourtKey.KeyId };
        Assert.Equal("auth.signature-wrong", await RefusedAsync(With(lying, MessageSigner.Sign(lying, input, _ground.SchoolKey))));
    }

    [Fact]
    public async Task A_signature_made_with_another_token_does_not_fit()
    {
        var question = Question(CourtToken(), _ground.CourtKey);
        _ground.Clock.Now = _ground.Clock.Now.AddSeconds(1);
        Assert.Equal("auth.signature-wrong", await RefusedAsync(question.But().With("authorization", "Bearer " + CourtToken())));
    }

    [Fact]
    public async Task A_client_or_key_that_was_struck_off_is_out_at_once()
    {
        var token = CourtToken();
        Assert.Null(await RefusedAsync(Question(token, _ground.CourtKey)));
        _ground.Court = _ground.Court with { Keys = [_ground.Court.Keys[1]] };
        Assert.Equal("auth.token-revoked", await RefusedAsync(Question(token, _ground.CourtKey)));
        _ground.Court = _ground.Court with { Id = "gone" };
        Assert.Equal("auth.token-revoked", await RefusedAsync(Question(token, _ground.CourtKey)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearerx")]
    public async Task A_request_without_a_token_is_refused(string? authorization)
    {
        var question = Unsigned("x");
        question.Fields.Remove("authorization");
        Assert.Equal("auth.no-token", await RefusedAsync(authorization is null ? question : question.With("authorization", authorization)));
        Assert.Equal("auth.no-token", await RefusedAsync(question.With("authorization", "Bearer a", "Bearer b")));
    }

    [Fact]
    public async Task A_registered_certificate_is_proof_alone_or_with_its_token()
    {
        using var court = Certificate();
        using var other = Certificate();
        _ground.Court = _ground.Court with { Certificates = [RequestGate.Thumbprint(court)] };
        var bound = Unsigned(_ground.Tokens.Issue("court", ["batches"], TokenBinding.ToCertificate(RequestGate.Thumbprint(court))));
        var bare = bound.But();
        bare.Fields.Remove("authorization");

        Assert.Null(await RefusedAsync(bound, court));
        Assert.Null(await RefusedAsync(bare, court));
        Assert.Equal("auth.token-not-yours", await RefusedAsync(bound, other));
        Assert.Equal("auth.token-not-yours", await RefusedAsync(bound));
        Assert.Equal("auth.client-unknown", await RefusedAsync(bare, other));

        // A token bound to a key is not made good by a certificate.
        Assert.Equal("auth.signature-missing", await RefusedAsync(Unsigned(CourtToken()), court));

        _ground.Court = _ground.Court with { Certificates = [] };
        Assert.Equal("auth.token-revoked", await RefusedAsync(bound, court));
        _ground.Clock.Now = TestClock.Morning.AddDays(2);
        Assert.Equal("auth.certificate-out-of-time", await RefusedAsync(bare, court));
    }

    public void Dispose() => _ground.Dispose();

    /// <summary>The least that a store must remember: not one tick more.</summary>
    private sealed class ExactOnceStore(TimeProvider clock) : OnceStore
    {
        private readonly Dictionary<UInt128, DateTimeOffset> _used = [];

        public override ValueTask<OnceUse> UseAsync(string scope, string value, DateTimeOffset made, DateTimeOffset until, CancellationToken stop)
        {
            var digest = Digest(scope, value);
            var known = _used.TryGetValue(digest, out var kept) && clock.GetUtcNow() < kept;
            _used[digest] = until;
            return new(known ? OnceUse.Again : OnceUse.First);
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=court", key, HashAlgorithmName.SHA256).CreateSelfSigned(TestClock.Morning.AddDays(-1), TestClock.Morning.AddDays(1));
    }

    private static PlainMessage Unsigned(string token) => PlainMessage.Asking("POST", "answers.example", "/api/questions", "?")
        .With("content-type", "application/json").With("content-digest", ContentDigest.Of("{}"u8)).With("authorization", "Bearer " + token);

    private static PlainMessage With(PlainMessage message, (string Input, string Signature) fields) => message.But().With("signature-input", fields.Input).With("signature", fields.Signature);

    private string CourtToken() => _ground.Tokens.Issue("court", ["questions"], TokenBinding.To(_ground.Court.Keys[0]));

    private PlainMessage Question(string token, SigningKey key)
    {
        var message = Unsigned(token);
        return With(message, MessageSigner.Sign(message, MessageSigner.Describe(message, ExchangeSignatures.RequestWithContent, key, _ground.Clock.Now, Guid.CreateVersion7(_ground.Clock.Now).ToString()), key));
    }

    private async Task<string?> RefusedAsync(HttpMessage message, X509Certificate2? certificate = null) =>
        (await _gate.CheckAsync(message, ExchangeSignatures.RequestWithContent, certificate, CancellationToken.None)).Ok(out _, out var refusal) ? null : refusal.Code;
}
