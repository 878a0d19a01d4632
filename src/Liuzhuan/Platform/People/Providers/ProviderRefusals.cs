using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>Why the provider's way did not lead in. People read the same words whatever was wrong; the code goes to the ledger, where auditors read the cause.</summary>
internal static class ProviderRefusals
{
    public static readonly Refusal Away = new("provider.away",
        "统一身份认证暂时没有回应，本系统的其他登录方式照常可用。请过几分钟再试，或改用其他方式登录。",
        "The identity provider does not answer at the moment; the other ways to sign in work as usual. Try again in a few minutes, or sign in another way.",
        StatusCodes.Status503ServiceUnavailable);

    public static readonly Refusal Declined = new("provider.declined",
        "没有登录：您在统一身份认证页面取消了，或对方没有同意。请再试一次，或改用其他方式登录。",
        "Not signed in: you cancelled at the identity provider, or it did not agree. Try again, or sign in another way.", StatusCodes.Status401Unauthorized);

    /// <summary>Only where one is signed in with it already: there is nothing to guess.</summary>
    public static readonly Refusal Taken = new("provider.taken",
        "没有关联：您的账号已关联另一个身份，或这个身份已关联别的账号。请先删除原来的关联，或联系安全管理员。",
        "Not linked: your account is linked with another identity already, or this identity with another account. Remove the earlier link first, or ask the security administrator.", StatusCodes.Status409Conflict);

    private static readonly Refusal NotAccepted = new("provider.refused",
        "没有登录：统一身份认证的结果没有通过核对，或等待太久，或它与这里的账号没有关联。请从登录页重新开始；仍不行的，请改用其他方式登录。工作人员可请系统管理员发邀请码，群众可带身份证到就近窗口。",
        "Not signed in: what the identity provider said did not pass the checks, it took too long, or it belongs to no account here. Begin again on the sign-in page; if that does not help, sign in another way. Officers may ask the system administrator for an invitation, citizens may bring their identity card to a window nearby.",
        StatusCodes.Status401Unauthorized);

    /// <param name="cause">For the ledger only: <c>state</c>, <c>nonce</c>, <c>signature</c> and so on.</param>
    public static Refusal Because(string cause) => NotAccepted with { Code = "provider." + cause };
}
