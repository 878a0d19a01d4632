namespace Liuzhuan.Platform.Telemetry;

/// <summary>How the service writes what happens: to standard output, one line for each event.</summary>
internal static class LogSetup
{
    private const string TextTime = "yyyy-MM-dd HH:mm:ss.fff'Z' ", JsonTime = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static void AddLogs(this ILoggingBuilder logging, LogOptions options)
    {
        // No scopes: those of the web server hold addresses of requests.
        if (options.Format == LogFormat.Json) logging.AddJsonConsole(json => (json.TimestampFormat, json.UseUtcTimestamp, json.IncludeScopes) = (JsonTime, true, false));
        else logging.AddSimpleConsole(text => (text.TimestampFormat, text.UseUtcTimestamp, text.SingleLine) = (TextTime, true, true));
        logging.AddLevels(options);
    }

    /// <summary>What gets written, apart from where. The web server below writes addresses and bytes of requests under its levels of detail, and who knows what a client puts there: only its warnings are let through, at whatever level.</summary>
    public static void AddLevels(this ILoggingBuilder logging, LogOptions options) =>
        logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Liuzhuan", options.Level)
            // Keys lie in a folder only its owner can read; encrypting them beside their key would add nothing.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
}
