namespace Liuzhuan.Tests.Commands;

/// <summary>What the environment says to the program itself: wrong settings stop a start with a sentence, and the command line has the last word.</summary>
[Collection(ProcessGround.Name)]
public sealed class SettingsTests(ProcessGround ground)
{
    [Theory]
    [InlineData("Data__Provder", "postgres", "Data__Provider")]
    [InlineData("Serve__KeepFor", "7", "7d")]
    [InlineData("Serve__Listen", "0.0.0.0:0", "Serve__PublicAddress")]
    [InlineData("Serve__RegisterPath", "", "--register")]
    public async Task A_setting_that_cannot_be_meant_stops_the_start_with_a_sentence(string variable, string value, string told)
    {
        using var server = Child.StartWith([("Serve__RegisterPath", ground.Register), (variable, value)], "serve", "--port", "0", "--data", ground.Folder());

        var ended = await server.EndAsync();

        Assert.Equal(2, ended.Code);
        Assert.StartsWith("错误：", ended.Error, StringComparison.Ordinal);
        Assert.Contains(told, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_tells_of_a_wrong_setting_before_the_service_is_started()
    {
        using var doctor = Child.StartWith([("Api__Burst", "none")], "doctor", "--data", ground.Folder());
        var ended = await doctor.EndAsync();

        Assert.Equal(2, ended.Code);
        Assert.Contains("[!!] 环境变量 Api__Burst", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_comes_before_the_environment()
    {
        // The port of the environment is that of another service that runs.
        await using var other = await ServedProcess.StartAsync("sqlite", ground.Register);
        await using var served = await ServedProcess.StartAsync("sqlite", ground.Register);
        using var third = Child.StartWith([("Serve__RegisterPath", ground.Register), ("Serve__Port", $"{other.Address.Port}")], "serve", "--port", $"{served.Address.Port}", "--data", ground.Folder());
        var ended = await third.EndAsync();

        // Both are taken; which one it wanted is in the sentence.
        Assert.Equal(2, ended.Code);
        Assert.Contains($"{served.Address.Port}", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain($"{other.Address.Port}", ended.Error, StringComparison.Ordinal);
    }
}
