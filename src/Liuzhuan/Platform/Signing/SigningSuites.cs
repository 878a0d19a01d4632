using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing.Suites;

namespace Liuzhuan.Platform.Signing;

/// <summary>Every suite this program knows. An id that is not here is refused, never guessed.</summary>
internal static class SigningSuites
{
    public static readonly SigningSuite Es256 = new Es256Suite();
    public static readonly SigningSuite Ed25519 = new Ed25519Suite();
    public static readonly SigningSuite Sm2 = new Sm2Suite();

    public static IReadOnlyList<SigningSuite> All { get; } = [Es256, Ed25519, Sm2];

    public static Result<SigningSuite> Find(string id)
    {
        foreach (var suite in All)
        {
            if (suite.Id == id) return suite;
        }

        return new Refusal("signing.suite-unknown",
            "签名所用的算法套件本程序不认识，不能据此判断真伪：请改用 ES256、Ed25519 或 SM2-SM3，或升级本程序。",
            "The signature names a suite that this program does not know, so nothing can be said of it: use ES256, Ed25519 or SM2-SM3, or upgrade this program.");
    }
}
