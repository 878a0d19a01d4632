using System.CommandLine;
using System.Runtime.Intrinsics.X86;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Configuration;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary><c>doctor</c>: looks at what the product and its tests need, and says how to mend what is missing.</summary>
internal static class DoctorCommand
{
    private static readonly string[] FontDirectories = ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/wqy", "/usr/share/fonts/truetype/noto"];
    private const long GoodMemory = 2L << 30, GoodDisk = 2L << 30;

    public static Command Create(Session session)
    {
        var register = session.Option<string?>("--register", "同时检查这个登记库文件", "Also check this register file", value: "FILE.lzr");
        var command = session.Command("doctor", "检查运行环境，并说明缺什么、怎么补", "Checks this machine and says what is missing and how to mend it");
        command.Options.Add(register);
        var data = new DataArguments(session, command);
        command.SetAction((parsed, stop) => Task.Run(async () =>
        {
            var database = await DatabaseAsync(session, data.Store(parsed), stop);
            var findings = Machine(session).Append(Settings(session)).Concat(Disk(session, data.Folder(parsed))).Concat(database).Concat(RegisterFile(session, parsed.GetValue(register), stop)).Concat(TestTools(session)).ToList();
            foreach (var finding in findings) session.Terminal.Out.WriteLine($"{Mark(finding.Level)} {finding.Text}");
            return findings.Any(f => f.Level == FindingLevel.Broken) ? ExitCodes.Refused : ExitCodes.Done;
        }, stop));
        return command;
    }

    private static async Task<List<Finding>> DatabaseAsync(Session session, Result<DataStore> chosen, CancellationToken stop)
    {
        if (!chosen.Ok(out var store, out var refusal)) return [Finding.Broken(refusal.In(session.Language))];
        await using (store) return await new DoctorDatabase(session, store).LookAsync(stop);
    }

    private static string Mark(FindingLevel level) => level switch
    {
        FindingLevel.Sound => "[ok]",
        FindingLevel.Notice => "[--]",
        _ => "[!!]",
    };

    private static IEnumerable<Finding> Machine(Session session)
    {
        yield return Finding.Sound(session.Say($".NET 运行时 {Environment.Version}，{Environment.ProcessorCount} 个处理器", $".NET runtime {Environment.Version}, {Environment.ProcessorCount} processors"));
        yield return Globalised()
            ? Finding.Notice(session.Say("正在使用区域设置库（ICU）：本程序不需要它，请去掉 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0", "A culture library (ICU) is in use: it is not needed, remove DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0"))
            : Finding.Sound(session.Say("不依赖区域设置库（ICU）", "No culture library (ICU) needed"));
        yield return Avx512BW.IsSupported ? Finding.Sound(session.Say("处理器支持 AVX-512", "The processor has AVX-512"))
            : Avx2.IsSupported ? Finding.Sound(session.Say("处理器支持 AVX2（没有 AVX-512，稍慢）", "The processor has AVX2 (no AVX-512, a little slower)"))
            : Finding.Notice(session.Say("处理器没有 AVX2：结果相同，速度较慢", "The processor has no AVX2: same results, slower"));
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        yield return memory >= GoodMemory
            ? Finding.Sound(session.Say($"可用内存 {memory >> 20:N0} MB", $"Memory {memory >> 20:N0} MB"))
            : Finding.Notice(session.Say($"可用内存只有 {memory >> 20:N0} MB：十万人的登记库够用，全省人口请给 2 GB 以上", $"Only {memory >> 20:N0} MB of memory: enough for 100,000 people, give 2 GB for a province"));
    }

    private static Finding Settings(Session session) => Configuration.ServiceOf(SettingReader.OfProcess()).Ok(out _, out var refusal)
        ? Finding.Sound(session.Say("环境变量中的设置都能使用", "The settings in the environment can be used"))
        : Finding.Broken(refusal.In(session.Language));

    private static bool Globalised() => !(AppContext.TryGetSwitch("System.Globalization.Invariant", out var invariant) && invariant);

    private static IEnumerable<Finding> Disk(Session session, string directory)
    {
        var full = Path.GetFullPath(directory);
        for (; !Directory.Exists(full); full = Path.GetDirectoryName(full) ?? "/") { }
        var free = new DriveInfo(full).AvailableFreeSpace;
        yield return free >= GoodDisk
            ? Finding.Sound(session.Say($"{full} 所在磁盘剩余 {free >> 20:N0} MB", $"{free >> 20:N0} MB free on the disk of {full}"))
            : Finding.Notice(session.Say($"{full} 所在磁盘只剩 {free >> 20:N0} MB：请清理，或用 --data 换到别的磁盘", $"Only {free >> 20:N0} MB free on the disk of {full}: clean up, or use another disk with --data"));
        var probe = Path.Combine(full, $".liuzhuan-doctor-{Environment.ProcessId}");
        Finding writable;
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            writable = Finding.Sound(session.Say($"{full} 可以写入", $"{full} can be written"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            writable = Finding.Broken(session.Say($"{full} 不能写入：请更改权限，或用 --data 换一个目录", $"{full} cannot be written: change its permissions, or choose another directory with --data"));
        }

        yield return writable;
    }

    private static IEnumerable<Finding> RegisterFile(Session session, string? path, CancellationToken stop)
    {
        if (path is null) yield break;
        Finding finding;
        try
        {
            var info = RegisterInfo.Read(path);
            var damaged = RegisterInfo.Check(path, stop);
            finding = damaged.Count == 0
                ? Finding.Sound(session.Say($"登记库 {path} 完好：{info.Records:N0} 条记录，截至 {info.AsOf.UtcDateTime:yyyy-MM-dd}", $"The register {path} is sound: {info.Records:N0} records as of {info.AsOf.UtcDateTime:yyyy-MM-dd}"))
                : Finding.Broken(session.Say($"登记库 {path} 已损坏（{string.Join("、", damaged)}）：请从备份恢复或重新生成", $"The register {path} is damaged ({string.Join(", ", damaged)}): restore or rebuild it"));
        }
        catch (RegisterException refused)
        {
            finding = Finding.Broken(EngineRefusals.From(refused).In(session.Language));
        }

        yield return finding;
    }

    // Only the tests need these.
    private static IEnumerable<Finding> TestTools(Session session)
    {
        yield return Tool(session, "node", "nodejs", OnPath("node"), "构建网页资源", "building the page's assets");
        yield return Tool(session, "chromium", "chromium", OnPath("chromium") || OnPath("chromium-browser"), "浏览器测试", "browser tests");
        yield return Tool(session, "PostgreSQL", "postgresql", OnPath("psql") && Directory.Exists("/usr/lib/postgresql"), "数据库测试和比较", "database tests and comparisons");
        yield return Tool(session, session.Say("中文字体", "Chinese fonts"), "fonts-noto-cjk", HasChineseFont(), "浏览器测试的截图", "pictures of browser tests");
    }

    private static Finding Tool(Session session, string name, string package, bool there, string use, string useEnglish) => there
        ? Finding.Sound(name)
        : Finding.Notice(session.Say($"没有 {name}（只用于{use}）：sudo apt-get install {package}", $"No {name} (only for {useEnglish}): sudo apt-get install {package}"));

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(directory => File.Exists(Path.Combine(directory, program)));

    private static bool HasChineseFont() => FontDirectories
        .Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).Any(file => file.Contains("CJK", StringComparison.OrdinalIgnoreCase) || file.Contains("wqy", StringComparison.OrdinalIgnoreCase));
}
