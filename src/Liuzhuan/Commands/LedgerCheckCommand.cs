using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Checking;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary><c>ledger check</c>: reads a whole log, or compares two checkpoints, and says what is wrong and where.</summary>
internal static class LedgerCheckCommand
{
    private static readonly Refusal NoCheckpoint = new("ledger.no-checkpoint",
        "这里没有检查点：请检查目录或地址，或用 --checkpoint 给出检查点文件。",
        "There is no checkpoint here: check the directory or address, or give a checkpoint with --checkpoint.");

    private static readonly Refusal NoKey = new("ledger.no-key",
        "请用 --key 给出账本公钥（由账本的管理者用 ledger key 取得）。",
        "Give the ledger's public key with --key (its operator prints it with ledger key).");

    public static Command Create(Session session)
    {
        var target = new Argument<string?>("DIR|URL") { Description = session.Say("导出的目录或账本的网址；不写则核对本机数据库", "An exported directory or a ledger's address; without it this machine's database"), Arity = ArgumentArity.ZeroOrOne };
        var key = session.Option<string?>("--key", "账本公钥：ledger key 给出的一行，或含有它的文件；核对本机数据库时默认用本机的", "The ledger's public key: the line that ledger key prints, or a file with it; for this machine's database its own by default", value: "KEY|FILE");
        var checkpoint = session.Option<string?>("--checkpoint", "以这个检查点为准（如公布的或见证人保存的）", "A checkpoint to check against, such as a published one", value: "FILE");
        var earlier = session.Option<string?>("--earlier", "更早的检查点：账本必须是它的延续", "An earlier checkpoint that the log must continue", value: "FILE");
        var proof = session.Option<string?>("--proof", "一致性证明（/ledger/proof/consistency 的结果）：不读账本，只比较两个检查点", "A consistency proof (what /ledger/proof/consistency gives): compares the two checkpoints without reading the log", value: "FILE");
        var token = session.Option<string?>("--token-file", "审计员的访问令牌文件，用于网址", "A file with an auditor's access token, for an address", value: "FILE");
        var command = session.Command("check", "通读账本，指出被改动、缺失、换位或倒填的条目", "Reads a whole log and names entries that were changed, dropped, moved or back-dated");
        command.Arguments.Add(target);
        foreach (var option in new Option[] { key, checkpoint, earlier, proof, token }) command.Options.Add(option);
        var place = new LedgerPlace(session, command);
        command.SetAction(async (parsed, stop) =>
        {
            var isDatabase = parsed.GetValue(target) is null && parsed.GetValue(proof) is null;
            DataStore? store = null;
            if (isDatabase && !(await place.StoreAsync(parsed, stop)).Ok(out store, out var missing)) return session.Refuse(missing);
            await using var opened = store;
            if (!Keys(parsed.GetValue(key), isDatabase, place, parsed).Ok(out var keys, out var refusal)) return session.Refuse(refusal);
            if (!(await ReadAsync(keys, parsed.GetValue(checkpoint), session.Say("--checkpoint 的检查点", "checkpoint of --checkpoint"), stop)).Ok(out var given, out refusal)) return session.Refuse(refusal);
            if (!(await ReadAsync(keys, parsed.GetValue(earlier), session.Say("--earlier 的检查点", "checkpoint of --earlier"), stop)).Ok(out var old, out refusal)) return session.Refuse(refusal);
            if (parsed.GetValue(proof) is { } file) return await CompareAsync(session, given, old, file, stop);
            try
            {
                await using var source = store is not null ? new DatabaseSource(store) : Source(parsed.GetValue(target)!, parsed.GetValue(token));
                return await CheckAsync(session, source, keys, [.. given, .. old], stop);
            }
            catch (HttpRequestException fault)
            {
                return session.Refuse(Unreachable(fault));
            }
        });
        return command;
    }

    private static Result<IReadOnlyList<NoteKey>> Keys(string? given, bool isDatabase, LedgerPlace place, ParseResult parsed)
    {
        if (given is not null) return LedgerPlace.Read(given).Ok(out var known, out var unreadable) ? new[] { known } : unreadable;
        if (!isDatabase) return NoKey;
        if (!place.Keys(parsed).Ok(out var own, out var refusal)) return refusal;
        return own.Count > 0 ? own.ToArray() : NoKey;
    }

    // None when no file was named.
    private static async Task<Result<List<(string Name, Checkpoint Checkpoint)>>> ReadAsync(IReadOnlyList<NoteKey> keys, string? file, string name, CancellationToken stop)
    {
        if (file is null) return new List<(string, Checkpoint)>();
        if (!Open(await File.ReadAllTextAsync(file, stop), keys).Ok(out var checkpoint, out var refusal)) return refusal with { Chinese = $"{file}：{refusal.Chinese}", English = $"{file}: {refusal.English}" };
        return new List<(string, Checkpoint)> { (name, checkpoint) };
    }

    private static Result<Checkpoint> Open(string note, IReadOnlyList<NoteKey> keys)
    {
        Refusal? last = null;
        foreach (var key in keys)
        {
            if (Checkpoint.Open(note, key).Ok(out var checkpoint, out var refusal)) return checkpoint;
            last = refusal;
        }

        return last ?? NoKey;
    }

    private static LogSource Source(string target, string? tokenFile)
    {
        if (!Uri.TryCreate(target, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return Directory.Exists(target) ? new DirectorySource(target) : throw new DirectoryNotFoundException(target);
        var client = new HttpClient();
        if (tokenFile is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(tokenFile).Trim());
        return new HttpSource(client, address);
    }

    private static async Task<int> CheckAsync(Session session, LogSource source, IReadOnlyList<NoteKey> keys, List<(string Name, Checkpoint Checkpoint)> references, CancellationToken stop)
    {
        var note = await source.CheckpointAsync(stop);
        if (note.Length > 0)
        {
            if (!Open(note, keys).Ok(out var own, out var refusal)) return session.Refuse(refusal);
            references.Add((session.Say("账本自己的检查点", "ledger's own checkpoint"), own));
        }

        if (references.Count == 0) return session.Refuse(NoCheckpoint);
        using var line = new ProgressLine(session, session.Say("核对账本", "Checking"), session.Terminal.ShowsProgress);
        var report = await new LogCheck(source, references, session.Terminal.Clock).RunAsync((done, all) => line.Report("reading", (double)done / Math.Max(all, 1), done), stop);
        line.Dispose();
        return Tell(session, report);
    }

    private static int Tell(Session session, CheckReport report)
    {
        foreach (var finding in report.Findings) session.Terminal.Out.WriteLine(session.IsEnglish ? $"{finding.Sentence().English}." : $"{finding.Sentence().Chinese}。");
        if (report.Damaged > report.Findings.Count) session.Terminal.Out.WriteLine(session.Say($"……另有 {report.Damaged - report.Findings.Count:N0} 处。", $"... and {report.Damaged - report.Findings.Count:N0} more."));
        var speed = report.Entries / Math.Max(report.Elapsed.TotalSeconds, 0.001);
        session.Terminal.Out.WriteLine(session.Say($"核对了 {report.Entries:N0} 条，用时 {report.Elapsed.TotalSeconds:F1} 秒（每秒 {speed:N0} 条）。", $"{report.Entries:N0} entries checked in {report.Elapsed.TotalSeconds:F1} s ({speed:N0} per second)."));
        if (report.Damaged > 0)
        {
            return session.Refuse(new Refusal("ledger.unsound",
                $"账本不可信，有 {report.Damaged:N0} 处损坏，见上。请停用这份账本并原样保留作为证据，与收据和更早的检查点比对，从备份恢复。",
                $"The ledger is not sound: {report.Damaged:N0} damages, listed above. Take it out of use, keep it unchanged as evidence, compare it with receipts and earlier checkpoints, and restore a backup."));
        }

        session.Terminal.Out.WriteLine(session.Say("账本完好：每个条目、次序、时间和签名都相符。", "The ledger is sound: every entry, its order, its time and the signature agree."));
        return ExitCodes.Done;
    }

    private static async Task<int> CompareAsync(Session session, List<(string Name, Checkpoint Checkpoint)> given, List<(string Name, Checkpoint Checkpoint)> old, string file, CancellationToken stop)
    {
        if (given is not [var (_, now)] || old is not [var (_, before)])
            return session.Refuse(new Refusal("usage.proof", "--proof 需要同时给出 --checkpoint 和 --earlier。", "--proof needs --checkpoint and --earlier as well."));
        if (Hashes(await File.ReadAllBytesAsync(file, stop)) is not { } hashes)
            return session.Refuse(new Refusal("ledger.proof-malformed", "一致性证明的格式不对：应是含有 path 的 JSON 对象，请重新取得。", "The consistency proof is malformed: it is a JSON object with a path. Fetch it again."));
        if (!TreeProofs.VerifyConsistency(before.Size, before.Root, now.Size, now.Root, hashes))
        {
            return session.Refuse(new Refusal("ledger.inconsistent",
                $"证明不成立：{now.Size} 条的账本不能证明是 {before.Size} 条时的延续。请重新取得这两个条数之间的证明；仍不成立，则账本在这之间被改写过，请保留两个检查点作为证据。",
                $"The proof does not hold: the log of {now.Size} entries is not shown to continue the one of {before.Size}. Fetch the proof between these two sizes again; if it still fails, the ledger was rewritten in between: keep both checkpoints as evidence."));
        }

        session.Terminal.Out.WriteLine(session.Say($"一致：{now.Size:N0} 条的账本是 {before.Size:N0} 条时的延续。", $"Consistent: the log of {now.Size:N0} entries continues the one of {before.Size:N0}."));
        return ExitCodes.Done;
    }

    private static TreeHash[]? Hashes(byte[] file)
    {
        try
        {
            using var parsed = JsonDocument.Parse(file);
            var hashes = parsed.RootElement.GetProperty("path").EnumerateArray().Select(hash => hash.GetBytesFromBase64()).ToArray();
            return Array.TrueForAll(hashes, hash => hash.Length == TreeHash.Size) ? Array.ConvertAll(hashes, hash => TreeHash.Read(hash)) : null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static Refusal Unreachable(HttpRequestException fault) => fault.StatusCode is System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden
        ? new("ledger.not-auditor", "这个账本的条目只给审计员读取：请用 --token-file 给出审计员的访问令牌，或请管理者导出账本。", "Only auditors may read the entries of this ledger: give an auditor's access token with --token-file, or ask the operator for an export.")
        : new("ledger.unreachable", $"账本的网址无法读取：请检查地址和网络后重试。（{fault.Message}）", $"The ledger's address cannot be read: check address and network, and try again. ({fault.Message})");
}
