using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>What must hold of a provider's options together, in sentences for whoever sets them.</summary>
internal static class ProviderSettings
{
    private const string Section = "SignIn__Provider__";

    private const int LongestName = 200;

    /// <summary>The refusal of options that cannot be meant; null when they can.</summary>
    public static Refusal? Check(ProviderOptions options)
    {
        if (options.Issuer is not { } issuer)
        {
            return options.ClientId.Length > 0 || options.ClientSecretFile is not null || options.OfficerClaim.Length > 0
                ? Together(nameof(ProviderOptions.Issuer), nameof(ProviderOptions.ClientId), "没有 Issuer，其他设置都不起作用", "without the issuer the others mean nothing")
                : null;
        }

        if (!ProviderAddress.IsFit(issuer) || issuer.Query.Length > 0 || issuer.Fragment.Length > 0 || issuer.UserInfo.Length > 0)
        {
            return new Refusal("sign-in.issuer",
                $"{Section}Issuer 不能用：应为 https 地址（本机可用 http），不带参数、片段和用户名。请照提供方公布的 issuer 原样填写。",
                $"{Section}Issuer cannot be used: it is an https address (http on this machine only) without query, fragment and user name. Write it exactly as the provider publishes its issuer.");
        }

        if (options.ClientId.Length is 0 or > LongestName) return Together(nameof(ProviderOptions.Issuer), nameof(ProviderOptions.ClientId), "请填写提供方给本服务的 client_id", "set the client_id that the provider gave this service");
        if (!options.Scopes.Contains("openid")) return Together(nameof(ProviderOptions.Issuer), nameof(ProviderOptions.Scopes), "Scopes 里要有 openid", "openid must be among the scopes");
        if (options.IsFor(ActorKind.Citizen) && (options.NameClaim.Length == 0 || options.NumberClaim.Length == 0))
            return Together(nameof(ProviderOptions.NameClaim), nameof(ProviderOptions.NumberClaim), "群众登录要有姓名和号码两个声明", "citizens need a claim for the name and one for the number");
        return options.ClientSecretFile is { } file && !ReadSecret(file).Ok(out _, out var refusal) ? refusal : null;
    }

    /// <summary>The client secret, read each time so that a new one is used at once. Refused when others could read it too.</summary>
    public static Result<string> ReadSecret(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        try
        {
            if (!OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & others) != 0)
            {
                return new Refusal("sign-in.secret-open",
                    $"{path} 里的客户端密钥其他用户也能读取，已停止使用：请执行 chmod 0600 \"{path}\"，并在提供方更换密钥。",
                    $"Other users can read the client secret in {path}; it is not used. Run: chmod 0600 \"{path}\", and have the provider change the secret.");
            }

            return new FileInfo(path) is { Exists: true, Length: <= 4096 } && File.ReadAllText(path).Trim() is { Length: > 0 } secret ? secret : NoSecret(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return NoSecret(path);
        }
    }

    private static Refusal NoSecret(string path) => new("sign-in.secret",
        $"{path} 里没有客户端密钥，或无法读取：文件里只放密钥一行。",
        $"{path} holds no client secret, or cannot be read: it is to hold one line, the secret.");

    private static Refusal Together(string first, string second, string chinese, string english) => SettingRefusals.Together(Section + first, Section + second, chinese, english);
}
