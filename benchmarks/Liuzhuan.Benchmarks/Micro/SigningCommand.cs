using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Signing.Tokens;
using Microsoft.AspNetCore.Http;

namespace Liuzhuan.Benchmarks.Micro;

/// <summary>
/// <c>./bench signing</c>: the suites over 300 bytes (an ordinary signature base), and what a signed question costs beside the mathematics.
/// One thread, counted in processor time of this process, so that other work on the machine disturbs little.
/// </summary>
internal sealed class SigningCommand
{
    private static readonly DateTimeOffset Now = new(2026, 3, 5, 1, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5), Measured = TimeSpan.FromSeconds(1);
    private const int Rounds = 5;

    private readonly byte[] _content = new byte[400];
    private readonly DefaultHttpContext _context = new();
    private readonly SigningKey _free = new FreeKey();

    public static void Run(TextWriter output)
    {
        output.WriteLine("| operation | per second | microseconds | bytes allocated |");
        output.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var suite in SigningSuites.All)
        {
            var data = new byte[300];
            var key = suite.Load(suite.NewPrivateKey());
            var verifying = VerifyingKey.Of(key);
            var signature = key.Sign(data);
            Measure(output, $"{suite.Id} sign", () => key.Sign(data));
            Measure(output, $"{suite.Id} verify", () => verifying.Verify(data, signature));
        }

        new SigningCommand().MeasureMessages(output);
    }

    private void MeasureMessages(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("liuzhuan-bench-keys-");
        try
        {
            if (!KeyFolder.Open(Path.Combine(folder.FullName, "keys"), TimeProvider.System).Ok(out var keys, out var refusal)) throw new InvalidOperationException(refusal.English);
            var verifying = VerifyingKey.Of(_free);
            var tokens = new AccessTokens(keys, "https://answers.example", TimeProvider.System);
            var token = tokens.Issue("court", ["questions"], TokenBinding.To(verifying));
            Ask(token);

            Measure(output, "request: read, policy, signature base, digest of 400 bytes; without the suite", () => Check(verifying));
            Measure(output, "answer: digest of 400 bytes, signature base, fields; without the suite", () => AnswerSigner.Sign(_context.Response, new IncomingRequest(_context.Request), _content, _free, Now));
            Measure(output, "access token seen before", () => tokens.Check(token).Ok(out _, out _));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Ask(string token)
    {
        var request = _context.Request;
        (request.Method, request.Scheme, request.Host, request.Path) = ("POST", "https", new HostString("answers.example"), "/api/questions");
        request.Headers.Authorization = $"Bearer {token}";
        request.ContentType = _context.Response.ContentType = "application/json";
        request.Headers[ContentDigest.Name] = ContentDigest.Of(_content);
        var message = new IncomingRequest(request);
        var input = MessageSigner.Describe(message, ExchangeSignatures.RequestWithContent, _free, Now, "c29tZXRoaW5nIHJhbmRvbQ");
        (request.Headers[SignatureFields.InputName], request.Headers[SignatureFields.SignatureName]) = MessageSigner.Sign(message, input, _free);
    }

    private void Check(VerifyingKey key)
    {
        if (!MessageVerifier.Verify(new IncomingRequest(_context.Request), ExchangeSignatures.RequestWithContent, _ => key, Now).Ok(out _, out var refusal)) throw new InvalidOperationException(refusal.English);
        if (ContentDigest.Check(_context.Request.Headers[ContentDigest.Name], _content) is { } different) throw new InvalidOperationException(different.English);
    }

    private static void Measure(TextWriter output, string name, Action operation)
    {
        Spend(WarmUp, operation, out _);
        var seconds = new List<double>();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        long all = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var spent = Spend(Measured / Rounds, operation, out var count);
            seconds.Add(spent.TotalSeconds / count);
            all += count;
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        seconds.Sort();
        var median = seconds[Rounds / 2];
        output.WriteLine($"| {name} | {1 / median:N0} | {median * 1e6:N1} | {bytes / all:N0} |");
    }

    private static TimeSpan Spend(TimeSpan atLeast, Action operation, out long count)
    {
        const int atOnce = 50;
        var start = Environment.CpuUsage.TotalTime;
        count = 0;
        TimeSpan spent;
        do
        {
            for (var i = 0; i < atOnce; i++) operation();
            count += atOnce;
            spent = Environment.CpuUsage.TotalTime - start;
        }
        while (spent < atLeast);
        return spent;
    }

    /// <summary>Signs nothing and believes everything, so that what remains can be measured.</summary>
    private sealed class FreeSuite : SigningSuite
    {
        public override string Id => "ES256";

        public override bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => signature.Length == 64;

        public override bool IsPublicKey(ReadOnlySpan<byte> publicKey) => true;

        public override byte[] NewPrivateKey() => [];

        public override SigningKey Load(ReadOnlySpan<byte> pkcs8) => new FreeKey();
    }

    private sealed class FreeKey : SigningKey
    {
        public override SigningSuite Suite { get; } = new FreeSuite();

        public override string KeyId => "free-key-of-the-length-of-a-thumbprint-0000";

        public override ReadOnlyMemory<byte> PublicKey { get; } = new byte[65];

        public override byte[] Sign(ReadOnlySpan<byte> data) => new byte[64];
    }
}
