using System.Text.Json;
using Liuzhuan.Platform.Notices.Channels;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Notices.Demo;

/// <summary>The SMS gateway of demonstrations, on this very service: checks signature and digest as a real one should, and sends nothing to anybody.</summary>
internal static class DemoGateway
{
    public const string Path = "/demo/gateway";

    private const int MostBytes = 16 << 10;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, TakeAsync).RequireAuthorization(Policies.Open).DisableAntiforgery();

    private static async Task<IResult> TakeAsync(HttpContext http, KeyFolder keys, DemoMessages messages, TimeProvider clock)
    {
        if (http.Request.ContentLength is not (> 0 and <= MostBytes)) return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var body = new byte[http.Request.ContentLength.Value];
        await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
        var isSigned = MessageVerifier.Verify(new IncomingRequest(http.Request), SignedPost.Policy, id => keys.Find(KeyPurposes.Notices, id) is { } key ? VerifyingKey.Of(key.Key) : null, clock.GetUtcNow()).Ok(out _, out _);
        if (!isSigned || ContentDigest.Check(http.Request.Headers[ContentDigest.Name], body) is not null) return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        var message = JsonSerializer.Deserialize<Message>(body, JsonSerializerOptions.Web);
        if (message is not { Id.Length: > 0, To.Length: > 0, Text.Length: > 0 }) return TypedResults.StatusCode(StatusCodes.Status422UnprocessableEntity);
        messages.Add(new DemoMessage(message.Id, message.To, message.Text, message.Segments, clock.GetUtcNow()));
        return TypedResults.Json(new { id = message.Id }, statusCode: StatusCodes.Status202Accepted);
    }

    private sealed record Message(string Id, string To, string Text, int Segments);
}
