using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Telemetry;

namespace Liuzhuan.Tests.Platform.Configuration;

public class SettingReaderTests
{
    [Fact]
    public void Each_kind_of_value_is_read_in_its_one_form()
    {
        var options = Value(Read(
            ("Serve__Port", "8080"), ("Serve__KeepFor", "12h"), ("Serve__MaxUploadBytes", "2GB"), ("Serve__LeastFree", "1048576"), ("Serve__TlsPort", "0"), ("Serve__PublicAddress", "https://hecha.example.gov.cn"),
            ("Serve__OtherRegisters", "/a b.lzr; /c.lzr"), ("Api__Burst", "7"), ("Api__TokenLife", "90s"), ("Batches__Idle", "250ms"), ("Ledger__Origin", "a.example/log"), ("Log__Format", "json"), ("Log__Level", "debug"), ("Telemetry__Protocol", "grpc")));

        Assert.Equal((8080, 0, TimeSpan.FromHours(12), 2L << 30, 1L << 20), (options.Port, options.TlsPort, options.KeepFor, options.MaxUploadBytes, options.LeastFree));
        Assert.Equal("hecha.example.gov.cn", options.PublicAddress!.Host);
        Assert.Equal(["/a b.lzr", "/c.lzr"], options.OtherRegisters);
        Assert.Equal((7, TimeSpan.FromSeconds(90), TimeSpan.FromMilliseconds(250)), (options.Api.Burst, options.Api.TokenLife, options.Batches.Idle));
        Assert.Equal(("a.example/log", LogFormat.Json, TelemetryProtocol.Grpc), (options.Ledger.Origin, options.Log.Format, options.Telemetry.Protocol));
    }

    [Fact]
    public void Where_the_environment_says_nothing_or_an_empty_text_the_default_stays()
    {
        var options = Value(Read(("Serve__KeepFor", ""), ("PATH", "/bin"), ("DOTNET_gcServer", "1"), ("Other__Port", "1")));
        Assert.Equal((5080, TimeSpan.FromDays(7), 5000), (options.Port, options.KeepFor, options.Api.RequestsPerSecond));
    }

    [Theory]
    [InlineData("Serve__Port", "many", "a whole number, from 0 to 65535")]
    [InlineData("Serve__Port", "65536", "a whole number, from 0 to 65535")]
    [InlineData("Serve__Port", " 80", "a whole number, from 0 to 65535")]
    [InlineData("Serve__KeepFor", "7", "a length of time")]
    [InlineData("Serve__KeepFor", "1s", "from 1m to 366d")]
    [InlineData("Serve__KeepFor", "-1d", "a length of time")]
    [InlineData("Serve__KeepFor", "00:05:00", "a length of time")]
    [InlineData("Serve__MaxUploadBytes", "512 MB", "a size such as")]
    [InlineData("Serve__MaxUploadBytes", "512mb", "a size such as")]
    [InlineData("Serve__MaxUploadBytes", "99999999999GB", "a size such as")]
    [InlineData("Serve__PublicAddress", "hecha.example.gov.cn", "a whole address")]
    [InlineData("Api__KeepPayloads", "90d", "from 184d to 3650d")]
    [InlineData("Log__Format", "xml", "one of text, json")]
    [InlineData("Log__Format", "1", "one of text, json")]
    public void A_value_that_cannot_be_meant_is_told_with_its_name_and_what_may_be_there(string variable, string value, string allowed)
    {
        var refusal = Refused(Read((variable, value)));
        Assert.Equal("configuration.value", refusal.Code);
        Assert.Contains(variable, refusal.English, StringComparison.Ordinal);
        Assert.Contains($"\"{value}\"", refusal.English, StringComparison.Ordinal);
        Assert.Contains(allowed, refusal.English, StringComparison.Ordinal);
        Assert.Contains($"“{value}”", refusal.Chinese, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Data__Provder", "Data__Provider")]
    [InlineData("data__provider", "Data__Provider")]
    [InlineData("DATA__CONNECTION", "Data__Connection")]
    [InlineData("Serve__MaxUpload", "Serve__MaxUploadBytes")]
    [InlineData("Sevre__Port", "Serve__Port")]
    [InlineData("Batch__Lease", "Batches__Lease")]
    [InlineData("Data_Connection", "Data__Connection")]
    [InlineData("SERVE_LISTEN", "Serve__Listen")]
    [InlineData("Serve__DataDirectory", "Serve__DrainFor")]
    [InlineData("Daxa__Prozider", "Data__Provider")]
    public void A_name_that_is_nearly_right_is_refused_and_the_right_one_told(string variable, string meant)
    {
        var refusal = Refused(Read((variable, "x")));
        Assert.Equal("configuration.unknown", refusal.Code);
        Assert.Contains(variable, refusal.English, StringComparison.Ordinal);
        if (variable != "Serve__DataDirectory") Assert.Contains(meant, refusal.English, StringComparison.Ordinal);
    }

    [Fact]
    public void One_or_two_slips_in_any_name_are_noticed()
    {
        var random = new Random(8);
        foreach (var setting in Liuzhuan.Configuration.Sections.SelectMany(one => Setting.Of(one.Section, one.Options)))
        {
            for (var slips = 1; slips <= 2; slips++)
            {
                var name = setting.Variable;
                for (var i = 0; i < slips; i++)
                {
                    var at = random.Next(name.Length);
                    name = random.Next(3) switch
                    {
                        0 => name.Remove(at, 1),
                        1 => name.Insert(at, $"{(char)random.Next('0', 'z')}"),
                        _ => name.Remove(at, 1).Insert(at, $"{(char)random.Next('0', 'z')}"),
                    };
                }

                if (name != setting.Variable && Liuzhuan.Configuration.Sections.All(one => Setting.Of(one.Section, one.Options).All(known => known.Variable != name)))
                    Assert.Equal("configuration.unknown", Refused(Read((name, "x"))).Code);
            }
        }
    }

    [Fact]
    public void Values_that_contradict_each_other_are_refused()
    {
        Assert.Equal("configuration.together", Refused(Read(("Batches__Lease", "5s"), ("Batches__Beat", "4s"))).Code);
        Assert.Equal("configuration.together", Refused(Read(("Serve__DrainFor", "30s"), ("Serve__StopWithin", "20s"))).Code);
    }

    [Fact]
    public void What_is_secret_is_not_repeated()
    {
        var connection = Setting.Of("Data", typeof(Liuzhuan.Platform.Data.DataOptions)).Single(setting => setting.Variable == "Data__Connection");
        var refusal = SettingRefusals.Value(connection, "keep-this-to-yourself");
        Assert.DoesNotContain("keep-this-to-yourself", refusal.Chinese + refusal.English, StringComparison.Ordinal);
    }

    private static Result<ServeOptions> Read(params (string Name, string Value)[] variables) => Liuzhuan.Configuration.ServiceOf(new SettingReader(variables.ToDictionary(one => one.Name, one => one.Value)));

    private static ServeOptions Value(Result<ServeOptions> result)
    {
        Assert.True(result.Ok(out var value, out var refusal), refusal?.English);
        return value;
    }

    private static Refusal Refused(Result<ServeOptions> result)
    {
        Assert.False(result.Ok(out _, out var refusal));
        return refusal;
    }
}
