using System.Diagnostics;
using Liuzhuan.Tests.Platform.Data.Copies;

namespace Liuzhuan.Tests.Commands;

/// <summary>Where the output does not fit, the caller is told so, and what was there is kept.</summary>
[Collection(ProcessGround.Name)]
public sealed class FullDiskTests : IDisposable
{
    private const string Old = "old\n";
    private const int Room = 64 << 10;

    // Without the right to mount a small disk, the system bounds the size of files instead. Its signal is ignored, so that the write itself fails.
    private const string Bounded = "trap '' XFSZ; ulimit -f 16; export DOTNET_EnableWriteXorExecute=0; exec \"$@\"";

    private readonly ProcessGround _ground;
    private readonly string _disk;
    private readonly bool _isMounted;

    public FullDiskTests(ProcessGround ground)
    {
        (_ground, _disk) = (ground, ground.Folder());
        _isMounted = Run("mount", "-t", "tmpfs", "-o", $"size={Room}", "tmpfs", _disk);
    }

    public static TheoryData<string> Programs => Child.VerifyPrograms;

    [Theory]
    [InlineData("verify")]
    [InlineData("verify", Child.Native)]
    [InlineData("build")]
    [InlineData("apply")]
    [InlineData("merge")]
    public async Task A_full_disk_is_told_and_the_old_file_kept(string command, string program = Child.Whole)
    {
        var output = Path.Combine(_disk, command == "verify" ? "out.csv" : "people.lzr");
        string[] args = command switch
        {
            "verify" => ["verify", _ground.Request, "--register", _ground.Register, "--output", output, "--quiet"],
            "build" => ["register", "build", "--input", _ground.PeopleCsv, "--output", output],
            "apply" => ["register", "apply", output, "--changes", _ground.SecondChanges],
            _ => ["register", "merge", output],
        };
        var isRegister = command is "apply" or "merge";
        if (isRegister) SmallRegister(output);
        else await File.WriteAllTextAsync(output, Old);
        var before = isRegister ? ProcessGround.SoundDigest(output) : Old;

        foreach (var isMounted in new[] { true, false })
        {
            if (isMounted && !_isMounted) continue;
            using var child = isMounted ? Child.Start([program, .. args]) : Child.StartIn(Bounded, [program, .. args]);
            var ended = await child.EndAsync();
            Assert.True(ended.Code == 2, $"{ended.Code} {ended.Error}");
            Assert.StartsWith("错误：", ended.Error, StringComparison.Ordinal);
            Assert.Contains("磁盘空间", ended.Error, StringComparison.Ordinal);
            Assert.Single(ended.Error.TrimEnd().Split('\n'));
            Assert.Equal(before, isRegister ? ProcessGround.SoundDigest(output) : await File.ReadAllTextAsync(output));
            Assert.DoesNotContain(Directory.EnumerateFiles(_disk, "*", new EnumerationOptions { AttributesToSkip = 0 }), file => Path.GetExtension(file) == ".tmp");
        }
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task A_full_disk_ends_a_backup_or_restore_and_the_old_one_is_kept(string command)
    {
        await using var source = await TestDatabase.CreateAsync("sqlite");
        await ManyRows.WriteAsync(source.Store, 2_000);
        var (words, sound, onDisk) = (Path.Combine(source.Folder, "words"), Path.Combine(source.Folder, "sound.backup"), Path.Combine(_disk, "a.backup"));
        await File.WriteAllTextAsync(words, "a long passphrase");
        await File.WriteAllTextAsync(onDisk, Old);
        Assert.Equal(0, (await Child.RunAsync("backup", sound, "--data", source.Folder, "--passphrase-file", words)).Code);
        string[] args = command == "backup"
            ? ["backup", onDisk, "--data", source.Folder, "--passphrase-file", words]
            : ["restore", sound, "--data", Path.Combine(_disk, "data"), "--passphrase-file", words];

        // SQLite's log stays open beside the database, as it does under a service; the small limit is then for what is written.
        await using var open = await source.Store.OpenAsync(CancellationToken.None);
        foreach (var isMounted in new[] { true, false })
        {
            if (isMounted && !_isMounted) continue;
            using var child = isMounted ? Child.Start(args) : Child.StartIn(Bounded, args);
            var ended = await child.EndAsync();
            Assert.True(ended.Code == 2, $"{ended.Code} {ended.Error}");
            Assert.Contains("磁盘", ended.Error, StringComparison.Ordinal);
            Assert.Single(ended.Error.TrimEnd().Split('\n'));
            Assert.Equal(Old, await File.ReadAllTextAsync(onDisk));
            Assert.DoesNotContain(Directory.EnumerateFiles(_disk, "*", new EnumerationOptions { AttributesToSkip = 0 }), file => Path.GetExtension(file) == ".tmp");
        }
    }

    [Theory, MemberData(nameof(Programs))]
    public async Task A_standard_output_that_is_full_is_told(string program)
    {
        using var child = Child.StartIn("exec \"$@\" > /dev/full", program, "verify", _ground.Request, "--register", _ground.Register, "--output", "-", "--quiet");
        var ended = await child.EndAsync();
        Assert.Equal(2, ended.Code);
        Assert.Contains("磁盘空间", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("build")]
    public async Task A_place_that_takes_no_files_is_told(string command)
    {
        // Nobody may make files here, not even root.
        var place = Path.Combine("/proc/self", command == "verify" ? "out.csv" : "people.lzr");
        var ended = command == "verify"
            ? await Child.RunAsync("verify", _ground.Request, "--register", _ground.Register, "--output", place, "--quiet")
            : await Child.RunAsync("register", "build", "--input", _ground.PeopleCsv, "--output", place);
        Assert.Equal(2, ended.Code);
        Assert.StartsWith("错误：", ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.TrimEnd().Split('\n'));
    }

    public void Dispose()
    {
        if (_isMounted) Run("umount", "-l", _disk);
        Directory.Delete(_disk, recursive: true);
    }

    // A register that fits, with little room left beside it.
    private void SmallRegister(string register)
    {
        var people = Path.Combine(_ground.Folder(), "few.csv");
        File.WriteAllLines(people, File.ReadLines(_ground.PeopleCsv).Take(2));
        ProcessGround.Build(people, register);
        var changes = Path.Combine(_ground.Folder(), "few.csv");
        File.WriteAllLines(changes, File.ReadLines(_ground.FirstChanges).Take(100));
        ProcessGround.Apply(register, changes);
    }

    private static bool Run(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
