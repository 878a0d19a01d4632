using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Administration;

/// <summary>Tells officers what happens to their accounts, in the commit in which it happens: who did it may be somebody else, in their name.</summary>
internal sealed class OfficerNotices(Outbox outbox, TimeProvider clock)
{
    public static readonly Text Passkey = new("通行密钥", "passkey"), Password = new("密码和动态口令", "password with one-time codes"), Provider = new("统一身份认证", "the identity provider");

    /// <param name="until">How long the invitation works.</param>
    public Statement Invited(string officer, DateTimeOffset until) => Of(officer, "officer-invited", ("until", NoticeValues.Moment(until)));

    /// <param name="way">Which: <see cref="Passkey"/>, <see cref="Password"/> or <see cref="Provider"/>.</param>
    public Statement CredentialAdded(string officer, Text way) => Of(officer, "officer-credential", ("way", way));

    /// <param name="way">Which: <see cref="Passkey"/>, <see cref="Password"/> or <see cref="Provider"/>.</param>
    public Statement CredentialRemoved(string officer, Text way) => Of(officer, "officer-credential-removed", ("way", way));

    public Statement RoleGranted(string officer, string role) => Of(officer, "officer-role-granted", ("role", Roles.Name(role)));

    public Statement RoleRevoked(string officer, string role) => Of(officer, "officer-role-revoked", ("role", Roles.Name(role)));

    /// <summary>After the commit, so that it is sent at once.</summary>
    public void Nudge() => outbox.Nudge();

    private Statement Of(string officer, string template, (string Name, Text Words) value) => outbox.Of(new NewNotice
    {
        Template = template,
        Recipient = Actor.OfOfficer(officer),
        Values = new Dictionary<string, Text> { ["at"] = NoticeValues.Moment(clock.GetUtcNow()), [value.Name] = value.Words },
    });
}
