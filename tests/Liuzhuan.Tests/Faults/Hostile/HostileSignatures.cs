using Liuzhuan.Platform.Signing.Messages;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>What can be tried with a request's signature, by who holds the key and by who stands between.</summary>
internal static class HostileSignatures
{
    private const string NotCovered = "auth.signature-not-covered", Malformed = "auth.signature-malformed", Wrong = "auth.signature-wrong", TooLarge = "auth.signature-too-large";

    public static IEnumerable<HostileCase> All =>
    [
        After("no signature", "auth.signature-missing", request => request.Set("Signature", null)),
        After("no signature input", "auth.signature-missing", request => request.Set("Signature-Input", null)),
        After("neither", "auth.signature-missing", request => request.Set("Signature", null).Set("Signature-Input", null)),
        Without("@method"), Without("@authority"), Without("@path"), Without("@query"), Without("content-digest"), Without("content-type"), Without("authorization"),
        HostileCase.Of("an idempotency key that is not covered", 401, NotCovered, ground => ground.QuestionAsync(before: request => request.With("Idempotency-Key", "\"a\""), adjust: input => input with { Components = [.. input.Components.Where(one => one.Name != "idempotency-key")] })),
        After("an idempotency key that was slipped in", NotCovered, request => request.With("Idempotency-Key", "\"a\"")),
        After("another body", "digest.different", request => request.Body[^2] = (byte)' ', 400),
        After("another body of another digest", Wrong, request =>
        {
            request.Body = HostileBodiesOther();
            request.Set("Content-Digest", ContentDigest.Of(request.Body));
        }),
        HostileCase.Of("a digest by MD5 only", 400, "digest.missing", ground => ground.QuestionAsync(before: request => request.Set("Content-Digest", "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:"))),
        HostileCase.Of("a digest that is twice there", 400, "digest.missing", ground => ground.QuestionAsync(before: request => request.Set("Content-Digest", $"{ContentDigest.Of(request.Body)}, {ContentDigest.Of(request.Body)}"))),
        HostileCase.Of("a digest of four kilobytes", 400, "digest.missing", ground => ground.QuestionAsync(before: request => request.Set("Content-Digest", $"sha-256=:{new string('A', 4096)}:"))),
        After("another method", "", request => request.Verb = "PUT", 405),
        After("another path", "", request => request.Target = "/api/question", 404),
        After("a query that was added", Wrong, request => request.Target += "?x=1"),
        After("the path written otherwise", Wrong, request => request.Target = "/api/%71uestions"),
        After("another authority", Wrong, request => request.Host = request.Host.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)),
        HostileCase.Of("an authority that was signed for another service", 401, Wrong, ground => ground.QuestionAsync(before: request => request.SignedInstead["@authority"] = "answers.example")),
        After("a content type twice", Wrong, request => request.With("Content-Type", "application/json")),
        After("a content type of an attacker in front", Wrong, request => request.Fields.Insert(0, ("Content-Type", "text/plain"))),
        After("an authorization twice", "auth.no-token", request => request.With("Authorization", "Bearer x")),
        After("a signature input twice", Malformed, request => request.With("Signature-Input", request.Field("signature-input").ToString())),
        Adjust("made a day ahead", "auth.signature-future", input => input with { Created = input.Created + 86_400 }),
        Adjust("made an hour ago", "auth.signature-expired", input => input with { Created = input.Created - 3_600 }),
        Adjust("made before 1970", "auth.signature-expired", input => input with { Created = -1 }),
        Adjust("made at the last second there is", "auth.signature-malformed", input => input with { Created = long.MaxValue }),
        Adjust("without a time", "auth.signature-no-created", input => input with { Created = null }),
        Adjust("expired", "auth.signature-expired", input => input with { Expires = input.Created - 1 }),
        Adjust("without a nonce", "auth.signature-no-nonce", input => input with { Nonce = null }),
        Adjust("with an empty nonce", "auth.signature-no-nonce", input => input with { Nonce = "" }),
        Adjust("with a nonce of ten kilobytes", TooLarge, input => input with { Nonce = new string('n', 10_000) }),
        Adjust("that calls itself HMAC", "auth.signature-algorithm", input => input with { Algorithm = "hmac-sha256" }),
        Adjust("that calls itself RSA", "auth.signature-algorithm", input => input with { Algorithm = "rsa-v1_5-sha256" }),
        Adjust("that calls itself none", "auth.signature-algorithm", input => input with { Algorithm = "none" }),
        Adjust("with another's key id", "auth.signature-unknown-key", input => input with { KeyId = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" }),
        Adjust("with a key id that is a path", "auth.signature-unknown-key", input => input with { KeyId = "../../keys/tokens.ES256.0001.pem" }),
        Adjust("for something else", "auth.signature-missing", input => input with { Tag = "liuzhuan-answer" }),
        HostileCase.Of("by another's key under the right key id", 401, Wrong, async ground => await ground.QuestionAsync(key: ground.CourtKey, adjust: input => input with { KeyId = ground.SchoolKey.KeyId })),
        Label("of zeros only", Wrong, _ => Convert.ToBase64String(new byte[64])),
        Label("of ones only", Wrong, _ => Convert.ToBase64String([.. Enumerable.Repeat((byte)0xFF, 64)])),
        Label("of 63 bytes", Wrong, signature => Convert.ToBase64String(Convert.FromBase64String(signature)[1..])),
        Label("of no bytes", Wrong, _ => ""),
        Label("in DER", Wrong, _ => Convert.ToBase64String([0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01])),
        Label("of six kilobytes", TooLarge, _ => Convert.ToBase64String(new byte[6000])),
        Label("that is no base64", Malformed, _ => "***"),
        Malform("with a thousand labels", TooLarge, input => string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"l{i}=()"))),
        Malform("with five labels", TooLarge, input => input + string.Concat(Enumerable.Range(0, 5).Select(i => $", l{i}=(\"@method\");created=1;tag=\"x\""))),
        Malform("with the same label twice", Malformed, input => $"{input}, {input}"),
        Malform("with two that carry our tag", "auth.signature-ambiguous", input => $"{input}, sig2{input[4..]}", request => request.Set("Signature", $"{request.Field("signature")}, sig2{request.Field("signature").ToString()[4..]}")),
        Malform("with thirty parts", Malformed, input => input.Replace("(\"@method\"", $"({string.Concat(Enumerable.Range(0, 30).Select(i => $"\"x-{i}\" "))}\"@method\"", StringComparison.Ordinal)),
        Malform("with a part twice", Malformed, input => input.Replace("(\"@method\"", "(\"@method\" \"@method\"", StringComparison.Ordinal)),
        Malform("with a part of the answer", "auth.signature-part-missing", input => input.Replace("(\"@method\"", "(\"@status\" \"@method\"", StringComparison.Ordinal)),
        Malform("with a part in capitals", Malformed, input => input.Replace("\"@method\"", "\"Content-Type\" \"@method\"", StringComparison.Ordinal)),
        Malform("with a parameter of a part", Malformed, input => input.Replace("\"content-type\"", "\"content-type\";bs", StringComparison.Ordinal)),
        Malform("with ;req in a request", NotCovered, input => input.Replace("\"@method\"", "\"@method\";req", StringComparison.Ordinal)),
        Malform("with brackets without end", Malformed, input => input.Replace(")", "", StringComparison.Ordinal)),
        Malform("with a time that overflows", Malformed, input => System.Text.RegularExpressions.Regex.Replace(input, "created=\\d+", "created=99999999999999999999")),
        After("a signature with characters outside ASCII", "", request => request.Set("Signature-Input", request.Field("signature-input") + "\u00ff"), 400),
        HostileCase.Of("a whole request again", 401, "auth.signature-replayed", async ground =>
        {
            var request = await ground.QuestionAsync();
            Assert.Equal(200, (await ground.SendAsync(request)).Status);
            return request;
        }),
        HostileCase.Of("a nonce again with another question", 401, "auth.signature-replayed", async ground =>
        {
            var nonce = ground.Nonce();
            Assert.Equal(200, (await ground.SendAsync(await ground.QuestionAsync(adjust: input => input with { Nonce = nonce }))).Status);
            return await ground.QuestionAsync(adjust: input => input with { Nonce = nonce }, body: HostileBodiesOther());
        }),
        HostileCase.Of("a nonce of a question again for a batch", 401, "auth.signature-replayed", async ground =>
        {
            var nonce = ground.Nonce();
            Assert.Equal(200, (await ground.SendAsync(await ground.SignedAsync("GET", "/api/batches", adjust: input => input with { Nonce = nonce }))).Status);
            return await ground.SignedAsync("GET", "/api/batches?limit=1", adjust: input => input with { Nonce = nonce });
        }),
        HostileCase.Of("an idempotency key with another question", 422, "idempotency.different", async ground =>
        {
            var key = $"\"{ground.Nonce()}\"";
            Assert.Equal(200, (await ground.SendAsync(await ground.QuestionAsync(before: request => request.With("Idempotency-Key", key)))).Status);
            return await ground.QuestionAsync(before: request => request.With("Idempotency-Key", key), body: HostileBodiesOther());
        }),
        Key("an idempotency key of 65 characters", new string('k', 65)), Key("an empty idempotency key", ""), Key("an idempotency key with a blank", "\"a b\""), Key("an idempotency key with a quote", "\"a\"b\""),
        HostileCase.Of("an idempotency key outside ASCII", 400, "", ground => ground.QuestionAsync(before: request =>
        {
            request.With("Idempotency-Key", "\"\u00e9\"").SignedInstead["idempotency-key"] = "\"e\"";
        })),
        HostileCase.Of("two idempotency keys", 400, "idempotency.key", ground => ground.QuestionAsync(before: request => request.With("Idempotency-Key", "\"a\"").With("Idempotency-Key", "\"b\""))),
    ];

    private static byte[] HostileBodiesOther() => System.Text.Encoding.UTF8.GetBytes(TestService.Question("110101199003070012", "李娜"));

    private static HostileCase After(string name, string code, Action<RawRequest> after, int status = 401) => HostileCase.Of(name, status, code, ground => ground.QuestionAsync(after: after));

    private static HostileCase Adjust(string name, string code, Func<SignatureInput, SignatureInput> adjust) => HostileCase.Of($"a signature {name}", 401, code, ground => ground.QuestionAsync(adjust: adjust));

    private static HostileCase Without(string component) =>
        Adjust($"that does not cover {component}", NotCovered, input => input with { Components = [.. input.Components.Where(one => one.Name != component)] });

    private static HostileCase Label(string name, string code, Func<string, string> other) =>
        After($"a signature {name}", code, request => request.Set("Signature", $"sig1=:{other(request.Field("signature").ToString()[6..^1])}:"));

    private static HostileCase Malform(string name, string code, Func<string, string> other, Action<RawRequest>? more = null) => After($"a signature {name}", code, request =>
    {
        request.Set("Signature-Input", other(request.Field("signature-input").ToString()));
        more?.Invoke(request);
    });

    private static HostileCase Key(string name, string key) => HostileCase.Of(name, 400, "idempotency.key", ground => ground.QuestionAsync(before: request => request.With("Idempotency-Key", key)));
}
