using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Api;

/// <summary>What the interface refuses before any capability is asked.</summary>
internal static class ApiRefusals
{
    public static readonly Refusal UnknownClient = new("auth.unknown-client",
        "没有登记这个客户端，或者它已停用。请联系共享平台管理员。",
        "This client is not registered, or is disabled. Ask the administrator of this service.", StatusCodes.Status401Unauthorized);

    public static readonly Refusal NotSignedIn = new("auth.missing",
        "请求没有表明身份。请先用 private_key_jwt 取得令牌，或者用登记过的证书建立双向 TLS 连接。",
        "The request does not say who sends it. Get a token with a private_key_jwt first, or connect by mutual TLS with a registered certificate.", StatusCodes.Status401Unauthorized);

    public static readonly Refusal TooMany = new("request.too-many",
        "请求过于频繁。请按 Retry-After 等待后重试；很多人请用批量核验。",
        "Too many requests. Wait as Retry-After says; for many people use a batch.", StatusCodes.Status429TooManyRequests);

    public static readonly Refusal Fault = new("service.fault",
        "服务出错，这是我们的问题。请用同一 Idempotency-Key 重试；仍然出错请把 trace 告知管理员。",
        "The service failed; this is our fault. Try again with the same Idempotency-Key; if it fails again, tell the administrator the trace.", StatusCodes.Status500InternalServerError);

    public static readonly Refusal LedgerUnavailable = new("ledger.unavailable",
        "存证账本此刻写不进去，未留痕不答复，所以没有给出结果。请稍后用同一 Idempotency-Key 重试。",
        "The ledger cannot be written just now and without a trace there is no answer. Try again later with the same Idempotency-Key.", StatusCodes.Status503ServiceUnavailable);

    public static readonly Refusal DatabaseAway = new("service.database-away",
        "数据库此刻不能读写，所以没有办理。请按 Retry-After 等待后，用同一 Idempotency-Key 重试。",
        "The database cannot be read or written just now, so nothing was done. Wait as Retry-After says and try again with the same Idempotency-Key.", StatusCodes.Status503ServiceUnavailable);

    public static readonly Refusal IdempotencyKey = new("idempotency.key",
        "Idempotency-Key 应是 1 至 64 个可见 ASCII 字符，放在引号中。请使用随机的 UUID。",
        "Idempotency-Key must be 1 to 64 visible ASCII characters, in quotes. Use a random UUID.");

    public static readonly Refusal Broken = new("request.broken",
        "请求正文没有完整到达，或长度与声明的不符：请检查网络和 Content-Length 后重发。",
        "The body did not arrive whole, or its length is not the announced one: check the network and Content-Length, and send it again.");

    public static readonly Refusal MediaType = new("request.media-type",
        "正文应不经压缩，Content-Type 应是 application/json。",
        "The body must be sent uncompressed with Content-Type application/json.", StatusCodes.Status415UnsupportedMediaType);

    public static readonly Refusal NotFound = new("service.not-found",
        "没有这一资源，或者它不属于贵单位。接口见 /openapi.json。",
        "There is nothing here, or it is not your agency's. /openapi.json lists the interface.", StatusCodes.Status404NotFound);

    public static Refusal TooLarge(long most) => new("request.too-large",
        $"请求正文超过 {most} 字节的上限。很多人请用批量核验，大文件请分段上传。",
        $"The body is larger than the {most} bytes allowed here. For many people use a batch; upload large files in parts.", StatusCodes.Status413PayloadTooLarge);
}
