using System.Diagnostics;
using System.Text.Json;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>The scanners of the trade, as Debian has them, in a folder of their own and within a time of their own.</summary>
internal sealed class Scanner : IDisposable
{
    private const string Timeout = "timeout";

    // What timeout answers when the time is over.
    private const int Over = 124;

    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5), Attack = TimeSpan.FromSeconds(25), Crawl = TimeSpan.FromSeconds(60);

    // Choices of the reader that every page offers: followed, they would make eight pages of each.
    private static readonly string[] Looks = ["view", "lang", "contrast"];

    private readonly string _folder = Directory.CreateTempSubdirectory("liuzhuan-scan-").FullName;

    /// <summary>Are both there?</summary>
    public static bool IsInstalled => Array.TrueForAll(["sqlmap", "wapiti", Timeout], tool => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(place => File.Exists(Path.Combine(place, tool))));

    /// <summary>Looks for injection into SQL, by what each parameter of the addresses does; not by how long an answer takes, which says more of the machine.</summary>
    /// <param name="data">Fields of the form at the only address; null to get the addresses.</param>
    /// <param name="tried">Which of them are tried, parted by commas.</param>
    /// <returns>What was found, a line each; and what the tool said.</returns>
    public async Task<(IReadOnlyList<string> Found, string Said)> SqlAsync(IReadOnlyList<Uri> addresses, string? cookie, string? data = null, string? tried = null)
    {
        var (targets, output) = (Path.Combine(_folder, "targets"), Path.Combine(_folder, "sqlmap"));
        await File.WriteAllLinesAsync(targets, addresses.Select(address => address.AbsoluteUri));
        List<string> args = ["--batch", "--disable-coloring", "--flush-session", "--technique=BEUQ", "--level=1", "--risk=1", "--retries=1", "--timeout=20", "--ignore-code=401,403,404,429", "--output-dir=" + output];
        if (data is null || tried is null) args.AddRange(["--threads=2", "-m", targets]);
        else args.AddRange(["-u", addresses[0].AbsoluteUri, "--data=" + data, "-p", tried]);
        if (cookie is not null) args.Add("--cookie=" + cookie);
        var said = await RunAsync("sqlmap", args);
        var table = Directory.Exists(output) ? Directory.EnumerateFiles(output, "results-*.csv").SelectMany(File.ReadLines).Where(line => line.StartsWith("http", StringComparison.Ordinal) && !line.Contains("false positive", StringComparison.Ordinal)) : [];
        // What the tool takes back after a second look is no finding. With a single address there is no table: it says in words what it has made sure of.
        return ([.. table, .. said.Split('\n').Where(line => line.Contains("sqlmap identified the following injection point", StringComparison.Ordinal))], said);
    }

    /// <summary>Follows the pages and tries what scripts, files, commands, headers and redirects are open to.</summary>
    public async Task<(IReadOnlyList<string> Found, string Said)> PagesAsync(IReadOnlyList<Uri> addresses, string? cookie, string modules = "sql,xss,permanentxss,exec,file,crlf,redirect,csp,htaccess,shellshock,backup")
    {
        var report = Path.Combine(_folder, "wapiti.json");
        List<string> args = ["-u", addresses[0].AbsoluteUri, "--scope", "domain", "-m", modules, "-d", "2", "--max-links-per-page", "40", "--max-scan-time", $"{Crawl.TotalSeconds}", "--max-attack-time", $"{Attack.TotalSeconds}",
            "--store-session", Path.Combine(_folder, "session"), "--store-config", Path.Combine(_folder, "config"), "--no-bugreport", "-v", "1", "-f", "json", "-o", report];
        foreach (var address in addresses.Skip(1)) args.AddRange(["-s", address.AbsoluteUri]);
        foreach (var look in Looks) args.AddRange(["-r", look]);
        // As a header, it is all that is sent: forms lack the second half of their token, and the one that signs out does not end the run.
        if (cookie is not null) args.AddRange(["-H", "Cookie: " + cookie]);
        var said = await RunAsync("wapiti", args);
        using var told = JsonDocument.Parse(File.Exists(report) ? await File.ReadAllTextAsync(report) : throw new InvalidOperationException($"wapiti wrote no report:\n{said}"));
        // A slow machine is no finding.
        var found = from kind in (string[])["vulnerabilities", "anomalies"]
                    from category in told.RootElement.GetProperty(kind).EnumerateObject()
                    where category.Name != "Resource consumption"
                    from one in category.Value.EnumerateArray()
                    select $"{category.Name}: {one.GetProperty("method").GetString()} {one.GetProperty("path").GetString()} {one.GetProperty("info").GetString()}";
        return ([.. found], said);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> RunAsync(string tool, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(Timeout, ["-k", "10", $"{Most.TotalSeconds}", tool, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = _folder };
        start.Environment["HOME"] = _folder;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{tool} could not be started.");
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var said = await output + await error;
        Assert.True(process.ExitCode is 0 or Over, $"{tool} ended with {process.ExitCode}:\n{said}");
        return said;
    }
}
