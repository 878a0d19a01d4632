using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>Which passwords are taken: long ones that are no numbers and say nothing of their owner. No rule asks for special characters (NIST SP 800-63B-4 section 3.1.1.2).</summary>
internal static class PasswordRules
{
    public const int Shortest = 12, Longest = 200;

    private const int FewestLetters = 6, FewestKinds = 5, OwnPart = 2;

    /// <summary>Why a password of this officer is not taken; null when it is.</summary>
    public static Refusal? Check(string password, string officerId, string name)
    {
        if (password.Length < Shortest) return CredentialRefusals.PasswordShort;
        if (password.Length > Longest) return CredentialRefusals.PasswordLong;
        if (Holds(password, officerId) || Holds(password, name)) return CredentialRefusals.PasswordOwn;
        return password.Count(character => !char.IsDigit(character)) < FewestLetters || password.Distinct().Count() < FewestKinds ? CredentialRefusals.PasswordPlain : null;
    }

    private static bool Holds(string password, string own) => own.Length >= OwnPart && password.Contains(own, StringComparison.OrdinalIgnoreCase);
}
