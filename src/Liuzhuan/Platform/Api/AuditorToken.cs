using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Signing.Keys;

namespace Liuzhuan.Platform.Api;

/// <summary>The secret that an auditor sends as a bearer token to read the ledger's entries. Whoever can read the key folder has it; <c>ledger auditor-token</c> prints it.</summary>
internal static class AuditorToken
{
    public const string Purpose = "auditor";

    public static string Of(KeyFolder keys) => Convert.ToHexStringLower(keys.Secret(Purpose).Span);

    public static bool IsGood(HttpContext http)
    {
        const string scheme = "Bearer ";
        var sent = http.Request.Headers.Authorization.ToString();
        return sent.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent[scheme.Length..]), Encoding.ASCII.GetBytes(Of(http.RequestServices.GetRequiredService<KeyFolder>())));
    }
}
