namespace Liuzhuan.Platform.Telemetry;

/// <summary>Section "Log": what a server writes to its standard output. No line names a person, at whatever level.</summary>
internal sealed class LogOptions
{
    /// <summary><c>text</c> for people, one line for each event; <c>json</c> for collectors, one object for each event.</summary>
    public LogFormat Format { get; init; } = LogFormat.Text;

    /// <summary>From which level on events are written. Of the web server and the libraries below the service only warnings are.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Which requests of machines get a line: <c>none</c>, <c>refused</c> (those not answered with success), or <c>all</c>. Each answer has its ledger entry anyway.</summary>
    public LoggedRequests Requests { get; init; } = LoggedRequests.Refused;
}

internal enum LogFormat
{
    Text,
    Json,
}

internal enum LoggedRequests
{
    None,
    Refused,
    All,
}
