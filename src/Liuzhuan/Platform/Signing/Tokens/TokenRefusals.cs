using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Signing.Tokens;

/// <summary>Why a sign-in or a token is not taken.</summary>
internal static class TokenRefusals
{
    public static readonly Refusal TooLarge = New("token-too-large",
        "令牌过长：最多 4096 个字符。请只放入约定的声明。",
        "The token is too long: 4096 characters at most. Put the agreed claims in it and nothing else.");

    public static readonly Refusal Malformed = New("token-malformed",
        "令牌不是三段式的 JSON Web Token，或含有不支持的扩展：请按文档生成。",
        "The token is not a JSON Web Token of three parts, or it uses extensions that are not supported: make it as documented.");

    public static readonly Refusal AssertionType = New("assertion-type",
        "登录断言的类型不符：client_assertion_type 应为 urn:ietf:params:oauth:client-assertion-type:jwt-bearer，断言不能是访问令牌。",
        "This is not a client assertion: client_assertion_type is urn:ietf:params:oauth:client-assertion-type:jwt-bearer, and an access token cannot serve as one.");

    public static readonly Refusal ClientUnknown = New("client-unknown",
        "没有登记这个客户端，或已停用：iss 和 sub 都应为登记的客户端编号，证书应与登记的一致。请核对编号，或联系管理员登记。",
        "This client is not registered, or was shut out: iss and sub are both the registered client id, and a certificate is the registered one. Check the id, or ask the administrator to register it.");

    public static readonly Refusal ClientMismatch = New("client-mismatch",
        "断言中的 iss、sub 与 client_id 不一致：三者都应为登记的客户端编号。",
        "iss, sub and client_id of the assertion differ: all three are the registered client id.");

    public static readonly Refusal AssertionKey = New("assertion-key",
        "断言不是用登记的密钥签的，或算法与该密钥不符：请用登记的私钥签名，alg 为该密钥的算法，kid 为其 RFC 7638 指纹；none 和 HMAC 一律不接受。",
        "The assertion was not signed with a registered key, or names another algorithm than that key's: sign with the registered private key, alg being the key's own and kid its RFC 7638 thumbprint; none and HMAC are never accepted.");

    public static readonly Refusal Audience = New("audience",
        "令牌不是给本服务的：aud 应为本服务的标识或令牌地址，不能同时写别的接收方。",
        "The token is not meant for this service: aud is this service's identifier or its token address, and names no other receiver.");

    public static readonly Refusal NoExpiry = New("no-expiry",
        "断言没有有效期，或有效期超过 5 分钟：请把 exp 设为签发后 5 分钟以内。",
        "The assertion has no expiry, or one more than 5 minutes ahead: set exp within 5 minutes of signing.");

    public static readonly Refusal Expired = New("expired",
        "令牌已过期：请重新申请；如刚刚签发即过期，请校准时钟（NTP）。",
        "The token has expired: ask for a new one. If it was made just now, set the clock by NTP.");

    public static readonly Refusal NotYet = New("not-yet-valid",
        "令牌尚未生效：签发方的时钟快了，请用 NTP 校准后重新签发。",
        "The token is not valid yet: the issuer's clock is ahead. Set it by NTP and issue the token again.");

    public static readonly Refusal NoId = New("no-jti",
        "断言没有 jti，无法防止重放：请为每个断言加上不重复的随机值。",
        "The assertion has no jti, so a replay could not be told: add a random value to each assertion, never used before.");

    public static readonly Refusal Replayed = New("assertion-replayed",
        "这个断言已经用过：每个断言只能用一次，请用新的 jti 重新签发。",
        "This assertion was used before: each serves once. Sign a new one with a new jti.");

    public static readonly Refusal SignAgain = New("sign-again",
        "服务刚刚启动或十分繁忙，无法确认这次签名是否用过：请重新签名后再发送。",
        "The service has just started or is very busy and cannot tell whether this signature was used before: sign again and send it again.");

    public static readonly Refusal NoToken = New("no-token",
        "请求没有访问令牌：请先在令牌地址登录，再以 Authorization: Bearer 附上令牌；或使用登记的客户端证书（双向 TLS）。",
        "The request carries no access token: sign in at the token address and send the token as Authorization: Bearer, or use a registered client certificate (mutual TLS).");

    public static readonly Refusal NotOurs = New("token-not-ours",
        "访问令牌不是本服务签发的，或已被改动：请重新登录申请。",
        "The access token was not issued by this service, or was changed: sign in and ask for a new one.");

    public static readonly Refusal Revoked = New("token-revoked",
        "访问令牌已被撤销，或客户端、密钥已停用：请联系管理员。",
        "The access token was revoked, or its client or key was shut out: ask the administrator.");

    public static readonly Refusal NotTheHolder = New("token-not-yours",
        "访问令牌与本次请求的密钥或证书不符：令牌只能由申请它的一方使用。请用自己的密钥重新申请。",
        "The access token does not belong to the key or certificate of this request: only the one who asked for it can use it. Ask for one with your own key.");

    public static readonly Refusal CertificateOutOfTime = New("certificate-out-of-time",
        "客户端证书尚未生效或已过期：请换用有效的证书，并先登记它。",
        "The client certificate is not in force yet, or has expired: use one that is, and have it registered first.");

    public static Refusal ScopeMissing(string scope) => new("auth.scope-missing",
        $"该客户端没有权限 {scope}：请在申请令牌时请求该权限；如仍被拒绝，请联系管理员按协议开通。",
        $"This client may not use {scope}: ask for that scope with the token; if that is refused too, have the administrator grant it under the agreement.",
        StatusCodes.Status403Forbidden);

    private static Refusal New(string code, string chinese, string english) => new($"auth.{code}", chinese, english, StatusCodes.Status401Unauthorized);
}
