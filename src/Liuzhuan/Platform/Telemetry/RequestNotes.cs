namespace Liuzhuan.Platform.Telemetry;

/// <summary>What is learned about a request of a machine while it is served, for its line in the log and its span: no address, no content.</summary>
internal sealed class RequestNotes
{
    /// <summary>The client that was recognised.</summary>
    public string? Client { get; set; }

    /// <summary>The code of the problem it was answered with.</summary>
    public string? Code { get; set; }

    /// <summary>The notes of a request that is for machines; null for a page.</summary>
    public static RequestNotes? Of(HttpContext http) => http.Features.Get<RequestNotes>();
}
