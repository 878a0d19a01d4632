using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Writing;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing.Tokens;
using Liuzhuan.Platform.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Liuzhuan.Platform.Api;

/// <summary>POST /oauth/token: client credentials with a private_key_jwt (RFC 6749 section 4.4, RFC 7523). The token is bound to the key that signed; the sign-in is logged before it is given.</summary>
internal sealed class TokenEndpoint(ClientAssertions assertions, AccessTokens tokens, Ledger.Ledger ledger)
{
    public const string Path = "/oauth/token";

    private const int MostBytes = 8 << 10;

    private static readonly Refusal NotAForm = new("auth.form",
        "令牌请求应是 application/x-www-form-urlencoded 表单，不超过 8 KB。",
        "A token request is a form (application/x-www-form-urlencoded) of at most 8 KB.");

    private static readonly Refusal GrantType = new("auth.grant-type",
        "grant_type 应为 client_credentials。",
        "grant_type must be client_credentials.");

    private static readonly Refusal Scope = new("auth.scope-unknown",
        $"scope 只能取 {string.Join("、", ApiScopes.All)}。",
        $"scope may hold {string.Join(" and ", ApiScopes.All)} only.");

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        try
        {
            return await AnswerAsync(http, http.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            // Too many fields, a name that is too long, a NUL; or it did not arrive whole.
            return Refuse(http, NotAForm, "invalid_request");
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or LedgerBrokenException)
        {
            return Later(http, ApiRefusals.LedgerUnavailable);
        }
        catch (Exception fault) when (DatabaseFaults.IsAway(fault))
        {
            return Later(http, ApiRefusals.DatabaseAway);
        }
    }

    private async Task<IResult> AnswerAsync(HttpContext http, CancellationToken stop)
    {
        if (!IsForm(http.Request) || http.Request.ContentLength is not (> 0 and <= MostBytes)) return Refuse(http, NotAForm, "invalid_request");
        var form = await http.Request.ReadFormAsync(stop);
        if (form["grant_type"] != "client_credentials") return Refuse(http, GrantType, "unsupported_grant_type");
        if (form["client_assertion_type"] != ClientAssertions.Type) return Refuse(http, TokenRefusals.AssertionType, "invalid_client");
        var scopes = form["scope"].ToString() is { Length: > 0 } asked ? asked.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [.. ApiScopes.All];
        if (scopes.Except(ApiScopes.All).Any()) return Refuse(http, Scope, "invalid_scope");
        var clientId = form["client_id"].ToString() is { Length: > 0 } given ? given : null;
        if (!(await assertions.CheckAsync(form["client_assertion"].ToString(), clientId, stop)).Ok(out var signedIn, out var refusal)) return Refuse(http, refusal, "invalid_client");

        if (scopes.Except(signedIn.Client.Scopes).FirstOrDefault() is { } beyond) return Refuse(http, TokenRefusals.ScopeMissing(beyond), "invalid_scope");

        await ledger.AppendAsync(new NewEntry("sign-in", $"client/{signedIn.Client.Id}", Detail(signedIn, scopes)), CancellationToken.None);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new
        {
            access_token = tokens.Issue(signedIn.Client.Id, scopes, TokenBinding.To(signedIn.Key)),
            token_type = "Bearer",
            expires_in = (int)tokens.Life.TotalSeconds,
            scope = string.Join(' ', scopes),
        });
    }

    private static byte[] Detail(SignedIn signedIn, IEnumerable<string> scopes)
    {
        var bytes = new ArrayBufferWriter<byte>(200);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteString("key", signedIn.Key.KeyId);
        json.WriteString("scope", string.Join(' ', scopes));
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    // Neither one in parts (multipart), which the reader would take, too, nor in UTF-7, which it knows and may not read.
    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static JsonHttpResult<TokenError> Later(HttpContext http, Refusal refusal)
    {
        http.Response.Headers[ApiGate.RetryAfter.Name] = ApiGate.RetryAfter.Value;
        return Refuse(http, refusal, "temporarily_unavailable");
    }

    // RFC 6749 section 5.2, with our own code and sentence beside it.
    private static JsonHttpResult<TokenError> Refuse(HttpContext http, Refusal refusal, string error)
    {
        if (RequestNotes.Of(http) is { } notes) notes.Code = refusal.Code;
        Meters.Refused(refusal.Code);
        http.Response.Headers[Problem.CodeField] = refusal.Code;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new TokenError(error, refusal.English, refusal.Code, $"/problems/{refusal.Code}"), statusCode: refusal.Status);
    }

    private sealed record TokenError(
        [property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("error_description")] string Description, [property: JsonPropertyName("code")] string Code, [property: JsonPropertyName("type")] string Type);
}
