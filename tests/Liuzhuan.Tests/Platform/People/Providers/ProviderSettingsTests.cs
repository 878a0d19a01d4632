using System.Runtime.Versioning;
using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.People.Providers;

namespace Liuzhuan.Tests.Platform.People.Providers;

[SupportedOSPlatform("linux")]
public sealed class ProviderSettingsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Issuer=https://idp.example.gov.cn/realm;ClientId=liuzhuan", "")]
    [InlineData("Issuer=http://localhost:9000;ClientId=liuzhuan;For=officers", "")]
    [InlineData("Issuer=http://idp.example.gov.cn;ClientId=liuzhuan", "sign-in.issuer")]
    [InlineData("Issuer=https://idp.example.gov.cn/?a=b;ClientId=liuzhuan", "sign-in.issuer")]
    [InlineData("Issuer=https://user@idp.example.gov.cn/;ClientId=liuzhuan", "sign-in.issuer")]
    [InlineData("Issuer=idp.example.gov.cn;ClientId=liuzhuan", "configuration.value")]
    [InlineData("Issuer=https://idp.example.gov.cn", "configuration.together")]
    [InlineData("ClientId=liuzhuan", "configuration.together")]
    [InlineData("Issuer=https://idp.example.gov.cn;ClientId=liuzhuan;Scopes=profile", "configuration.together")]
    [InlineData("Issuer=https://idp.example.gov.cn;ClientId=liuzhuan;For=everybody", "configuration.value")]
    [InlineData("Issuer=https://idp.example.gov.cn;ClientId=liuzhuan;ClientSecretFile=/nowhere/secret", "sign-in.secret")]
    [InlineData("Isuer=https://idp.example.gov.cn", "configuration.unknown")]
    public void Options_that_cannot_be_meant_stop_the_start_with_a_sentence(string given, string code)
    {
        var reader = new SettingReader(given.Split(';', StringSplitOptions.RemoveEmptyEntries).ToDictionary(one => "SignIn__Provider__" + one[..one.IndexOf('=', StringComparison.Ordinal)], one => one[(one.IndexOf('=', StringComparison.Ordinal) + 1)..]));

        var isRead = Liuzhuan.Configuration.ServiceOf(reader).Ok(out var options, out var refusal);

        Assert.Equal(code, refusal?.Code ?? "");
        if (isRead && given.Length > 0) Assert.Equal("liuzhuan", options!.SignIn.Provider.ClientId);
    }

    [Fact]
    public void A_secret_that_others_may_read_is_not_used()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, " s3cret\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.True(ProviderSettings.ReadSecret(file).Ok(out var secret, out _));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.False(ProviderSettings.ReadSecret(file).Ok(out _, out var refusal));

        Assert.Equal(("s3cret", "sign-in.secret-open"), (secret, refusal!.Code));
        Assert.DoesNotContain("s3cret", refusal.Chinese + refusal.English, StringComparison.Ordinal);
        File.Delete(file);
    }
}
