using System.Diagnostics.Metrics;

namespace Liuzhuan.Platform.Telemetry;

/// <summary>What the service counts. Attributes are codes of the house, never anything of a person. docs/operations.md says what each one means.</summary>
internal static class Meters
{
    /// <summary>The meter of all of them.</summary>
    public const string Name = "Liuzhuan";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Answers = Meter.CreateCounter<long>("liuzhuan.answers", "{answer}", "Answers to single questions, by fact and verdict");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("liuzhuan.refusals", "{refusal}", "Problems that machines were answered with, by code");
    private static readonly Histogram<int> Groups = Meter.CreateHistogram<int>("liuzhuan.ledger.group", "{entry}", "Entries that one commit of the ledger made durable");
    private static readonly Histogram<double> Commits = Meter.CreateHistogram("liuzhuan.ledger.commit", "s", "How long a commit of the ledger took", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5, 15] });
    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("liuzhuan.batch.rows", "{row}", "Rows of batches that were done");
    private static readonly Histogram<double> Leads = Meter.CreateHistogram("liuzhuan.batch.lead", "s", "From the last byte of a batch to its outcome, by state", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 5, 15, 60, 300, 900, 3600, 14400, 86400] });

    private static readonly Counter<long> Notices = Meter.CreateCounter<long>("liuzhuan.notices", "{attempt}", "Attempts to send a notice, by channel and outcome");

    public static void Answered(string fact, string verdict) => Answers.Add(1, new("fact", fact), new("verdict", verdict));

    public static void Refused(string code) => Refusals.Add(1, new KeyValuePair<string, object?>("code", code));

    public static void Committed(int entries, TimeSpan took)
    {
        Groups.Record(entries);
        Commits.Record(took.TotalSeconds);
    }

    /// <param name="channel">route, sms, mail or webhook.</param>
    /// <param name="outcome">sent, again or dead.</param>
    public static void Noticed(string channel, string outcome) => Notices.Add(1, new("channel", channel), new("outcome", outcome));

    /// <param name="state">done, refused or failed.</param>
    /// <param name="lead">From receipt to outcome; null where it is not known when it was received.</param>
    public static void BatchEnded(string state, long rows, TimeSpan? lead)
    {
        if (rows > 0) Rows.Add(rows);
        if (lead is { } waited) Leads.Record(waited.TotalSeconds, new KeyValuePair<string, object?>("state", state));
    }
}
