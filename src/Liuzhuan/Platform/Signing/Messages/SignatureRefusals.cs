using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>Why a signed message is not taken. All are 401: the sender is not proved.</summary>
internal static class SignatureRefusals
{
    public static readonly Refusal Missing = New("missing",
        "请求没有所需的签名：请按 RFC 9421 签名，附上 Signature-Input 和 Signature 两个标头，并使用约定的 tag。",
        "The message lacks the signature that is needed: sign it with RFC 9421, send the fields Signature-Input and Signature, and use the agreed tag.");

    public static readonly Refusal TooLarge = New("too-large",
        "签名标头过长或签名过多：每个标头最长 4096 个字符，最多 4 个签名。请只保留需要的签名。",
        "The signature fields are too long or hold too many signatures: at most 4096 characters each, and 4 signatures. Keep the one that is needed.");

    public static readonly Refusal Malformed = New("malformed",
        "签名标头不符合 RFC 9421 和 RFC 8941 的规范写法：请检查标签、引号、空格和参数，每个组成部分只能出现一次，只支持 ;req 参数。",
        "A signature field is not in the canonical form of RFC 9421 and RFC 8941: check labels, quotes, blanks and parameters; each component may stand once, and ;req is the only component parameter supported.");

    public static readonly Refusal Ambiguous = New("ambiguous",
        "有不止一个签名使用约定的 tag，无法确定以哪个为准：请只附一个。",
        "More than one signature carries the agreed tag, so it is unclear which one counts: send one.");

    public static readonly Refusal NoCreated = New("no-created",
        "签名没有 created 参数，无法判断新旧：请加上签名时刻（自 1970 年起的秒数）。",
        "The signature has no created parameter, so its age is unknown: add the time of signing in seconds since 1970.");

    public static readonly Refusal FromTheFuture = New("future",
        "签名时刻晚于本机时间：请校准发送方的时钟（NTP）后重新签名。",
        "The signature was made in the future: set the sender's clock by NTP and sign again.");

    public static readonly Refusal TooOld = New("expired",
        "签名已过有效时间：请校准时钟，并在发送前即时签名，不要重发旧的请求。",
        "The signature is too old: set the clock, sign right before sending, and do not send old requests again.");

    public static readonly Refusal NoNonce = New("no-nonce",
        "签名没有 nonce 参数，无法防止重放：请为每个请求加上不重复的随机值。",
        "The signature has no nonce parameter, so a replay could not be told: add a random value to each request, never used before.");

    public static readonly Refusal Replayed = New("replayed",
        "同一个 nonce 已经用过，按重放拒绝：请为每个请求生成新的随机值并重新签名；重试同一业务请使用 Idempotency-Key。",
        "This nonce was used before, so the message is refused as a replay: make a new random value and a new signature for each request; to retry the same business use Idempotency-Key.");

    public static readonly Refusal UnknownKey = New("unknown-key",
        "签名所用的密钥没有登记或与访问令牌不符：请用登记的密钥签名，keyid 为其 RFC 7638 指纹。",
        "The key of the signature is not registered, or is not the one the access token is bound to: sign with the registered key; keyid is its RFC 7638 thumbprint.");

    public static readonly Refusal Algorithm = New("algorithm",
        "签名声明的算法与登记的密钥不符：请去掉 alg 参数，或改为该密钥的算法。",
        "The signature names another algorithm than that of the registered key: leave alg out, or name the key's own.");

    public static readonly Refusal PartMissing = New("part-missing",
        "签名覆盖了报文中没有的部分，或其中含有不能签名的字符：请检查所列的标头是否都已发送，且只含 ASCII 可见字符。",
        "The signature covers a part that the message does not have, or that holds characters which cannot be signed: check that every listed field is sent and holds visible ASCII only.");

    public static readonly Refusal Wrong = New("wrong",
        "签名与报文不符：报文在签名后被改动，或签名用了别的密钥。请核对签名文本（见文档中的示例）后重新签名。",
        "The signature does not fit the message: the message was changed after signing, or another key signed. Compare the signature base with the documented example and sign again.");

    public static Refusal NotCovered(string component) => New("not-covered",
        $"签名没有覆盖 {component}：请把它列入 Signature-Input 后重新签名。",
        $"The signature does not cover {component}: list it in Signature-Input and sign again.");

    private static Refusal New(string code, string chinese, string english) => new($"auth.signature-{code}", chinese, english, StatusCodes.Status401Unauthorized);
}
