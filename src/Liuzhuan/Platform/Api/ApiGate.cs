using System.Buffers;
using System.Security.Cryptography;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Writing;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Signing.Tokens;
using Liuzhuan.Platform.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace Liuzhuan.Platform.Api;

/// <summary>What stands before and behind every endpoint for machines: who asks, limits, content, then the endpoint, then the signature over its reply.</summary>
internal sealed partial class ApiGate(RequestGate gate, ClientLimits limits, KeyFolder keys, ServiceAddress address, ApiOptions options, TimeProvider clock, ILogger<ApiGate> log)
{
    private const int LongestKey = 64, NonceBytes = 16;

    /// <summary>Sent where trying again is worth it, in seconds.</summary>
    public static readonly (string Name, string Value) RetryAfter = ("Retry-After", "5");

    private readonly SignaturePolicy _withContent = ExchangeSignatures.RequestWithContent with { MaxAge = options.SignatureAge };
    private readonly SignaturePolicy _withoutContent = ExchangeSignatures.RequestWithoutContent with { MaxAge = options.SignatureAge };

    /// <summary>Serves one request.</summary>
    /// <param name="mostBytes">The largest body; 0 for none.</param>
    public async Task ServeAsync(HttpContext http, string scope, long mostBytes, ApiHandler handler)
    {
        var request = new IncomingRequest(http.Request, address.Public);
        ApiReply reply;
        try
        {
            reply = await ReplyAsync(http, request, scope, mostBytes, handler);
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or LedgerBrokenException)
        {
            NotLogged(fault);
            reply = Problem.From(ApiRefusals.LedgerUnavailable, http.Request).With(RetryAfter);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            reply = Problem.From(ApiRefusals.TooLarge(mostBytes), http.Request);
        }
        catch (BadHttpRequestException)
        {
            reply = Problem.From(ApiRefusals.Broken, http.Request);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault) when (DatabaseFaults.IsAway(fault))
        {
            DatabaseAway(fault);
            reply = Problem.From(ApiRefusals.DatabaseAway, http.Request).With(RetryAfter);
        }
        catch (Exception fault)
        {
            Failed(fault, http.Request.Method, scope);
            reply = Problem.From(ApiRefusals.Fault, http.Request);
        }

        await SendAsync(http, request, reply);
    }

    private async Task<ApiReply> ReplyAsync(HttpContext http, IncomingRequest request, string scope, long mostBytes, ApiHandler handler)
    {
        var stop = http.RequestAborted;
        // Who asks comes first: a stranger's body is not even read.
        var policy = mostBytes > 0 && HasContent(http.Request) ? _withContent : _withoutContent;
        if (!(await CheckAsync(http, request, policy)).Ok(out var caller, out var refusal)) return Problem.From(refusal, http.Request);
        if (RequestNotes.Of(http) is { } notes) notes.Client = caller.Client.Id;
        if (caller.Lacks(scope) is { } lacking) return Problem.From(lacking, http.Request);
        if (!limits.TryTake(caller.Client.Id, out var left, out var wait)) return Problem.From(ApiRefusals.TooMany, http.Request).With(limits.Fields(left, wait));

        var body = ReadOnlyMemory<byte>.Empty;
        if (mostBytes > 0)
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound) bound.MaxRequestBodySize = mostBytes;
            if (http.Request.Headers.ContentEncoding.Count > 0) return Problem.From(ApiRefusals.MediaType, http.Request);
            try
            {
                if (await ReadAsync(http.Request, mostBytes, stop) is not { } read) return Problem.From(ApiRefusals.TooLarge(mostBytes), http.Request);
                body = read;
            }
            catch (IOException fault) when (fault is not BadHttpRequestException)
            {
                // Such as a chunk whose size is none.
                return Problem.From(ApiRefusals.Broken, http.Request);
            }
        }

        // A signature covers the digest; the digest must be that of what arrived.
        if (request.Field(ContentDigest.Name.ToLowerInvariant()) is { Count: > 0 } digest && ContentDigest.Check(digest, body.Span) is { } damaged) return Problem.From(damaged, http.Request);
        if (!IdempotencyKey(http.Request).Ok(out var key, out refusal)) return Problem.From(refusal, http.Request);
        var nonce = caller.Signature?.Input.Nonce ?? System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        var reply = await handler(new ApiCall(http, caller.Client.Id, body, nonce, key.Length == 0 ? null : key) { SignedAt = SignedAt(caller) }, stop);
        return reply.With(limits.Fields(left, wait));
    }

    private static DateTimeOffset? SignedAt(Caller caller) => caller.Signature?.Input.Created is { } second ? DateTimeOffset.FromUnixTimeSeconds(second) : null;

    private async ValueTask<Result<Caller>> CheckAsync(HttpContext http, IncomingRequest request, SignaturePolicy policy)
    {
        using var span = Traces.Start("gate");
        return await gate.CheckAsync(request, policy, http.Connection.ClientCertificate, http.RequestAborted);
    }

    private static bool HasContent(HttpRequest request) => request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0;

    // Reads no more than allowed, whatever the request says of its length.
    private static async ValueTask<byte[]?> ReadAsync(HttpRequest request, long most, CancellationToken stop)
    {
        if (request.ContentLength > most) return null;
        if (request.ContentLength is { } length)
        {
            var whole = new byte[length];
            await request.Body.ReadExactlyAsync(whole, stop);
            return whole;
        }

        using var parts = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
        try
        {
            for (int read; (read = await request.Body.ReadAsync(buffer, stop)) > 0;)
            {
                if (parts.Length + read > most) return null;
                parts.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return parts.ToArray();
    }

    // A string of structured fields (RFC 8941 section 3.3.3); bare keys are common and taken too. Empty when absent.
    private static Result<string> IdempotencyKey(HttpRequest request)
    {
        var field = request.Headers["Idempotency-Key"];
        if (field.Count == 0) return "";
        if (field.Count > 1) return ApiRefusals.IdempotencyKey;
        var key = field[0] ?? "";
        if (key is ['"', .., '"']) key = key[1..^1];
        return key.Length is > 0 and <= LongestKey && key.All(c => c is > ' ' and < (char)127 and not '"' and not '\\') ? key : ApiRefusals.IdempotencyKey;
    }

    private async Task SendAsync(HttpContext http, HttpMessage request, ApiReply reply)
    {
        var response = http.Response;
        reply.SetHead(response);
        response.Headers.CacheControl = "no-store";
        if (reply.Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        // RFC 9110 section 8.6: a 204 has none.
        response.ContentLength = reply.Status == StatusCodes.Status204NoContent ? null : reply.Stream?.Length ?? reply.Body.Length;
        var digest = reply.Stream?.Sha256 ?? SHA256.HashData(reply.Body.Span);
        using (Traces.Start("sign")) AnswerSigner.SignHashed(response, request, digest.Span, keys.Current(KeyPurposes.Answers, SigningSuites.Es256.Id), clock.GetUtcNow());
        if (reply.Stream is { } stream) await stream.CopyAsync(response.Body, http.RequestAborted);
        else await response.Body.WriteAsync(reply.Body, http.RequestAborted);
    }

    [LoggerMessage(LogLevel.Error, "{Method} on {Scope} failed")]
    private partial void Failed(Exception fault, string method, string scope);

    [LoggerMessage(LogLevel.Error, "A request was refused because the database cannot be read or written")]
    private partial void DatabaseAway(Exception fault);

    [LoggerMessage(LogLevel.Error, "An answer was held back because the ledger could not be written")]
    private partial void NotLogged(Exception fault);
}
