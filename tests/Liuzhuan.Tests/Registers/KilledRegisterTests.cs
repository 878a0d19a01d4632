using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Tests.Commands;

namespace Liuzhuan.Tests.Registers;

/// <summary>Whatever instant a command that writes a register is killed at, the register is sound, and as it was before or as it should be after.</summary>
[Collection(ProcessGround.Name)]
public sealed class KilledRegisterTests : IDisposable
{
    private const string Snapshot = "people.lzr", Overlay = Snapshot + ".overlay";

    private readonly ProcessGround _ground;
    private readonly string _folder, _before;

    public KilledRegisterTests(ProcessGround ground)
    {
        (_ground, _folder, _before) = (ground, ground.Folder(), ground.Folder());
        File.Copy(ground.Register, Path.Combine(_before, Snapshot));
        ProcessGround.Apply(Path.Combine(_before, Snapshot), ground.FirstChanges);
    }

    private string Register => Path.Combine(_folder, Snapshot);

    [Fact]
    public async Task A_killed_build_leaves_the_old_register_with_its_changes_or_the_new_one()
    {
        var reference = Path.Combine(_ground.Folder(), Snapshot);
        ProcessGround.Build(_ground.OtherPeopleCsv, reference);
        await KillAsync(reference, 1, "register", "build", "--input", _ground.OtherPeopleCsv, "--output", Register, "--as-of", ProcessGround.AsOf);
    }

    [Fact]
    public async Task A_killed_apply_has_applied_its_file_wholly_or_not_at_all()
    {
        var reference = Copy(_ground.Folder());
        ProcessGround.Apply(reference, _ground.SecondChanges);
        await KillAsync(reference, 2, "register", "apply", Register, "--changes", _ground.SecondChanges);
    }

    [Fact]
    public async Task A_killed_merge_leaves_the_pair_or_the_merged_register()
    {
        var reference = Copy(_ground.Folder());
        RegisterChanges.Merge(reference, Liuzhuan.Registers.SchemaCatalogue.Find, null, CancellationToken.None);
        await KillAsync(reference, 3, "register", "merge", Register);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_before, recursive: true);
    }

    private async Task KillAsync(string reference, int seed, params string[] args)
    {
        var (old, changed) = (ProcessGround.SoundDigest(Path.Combine(_before, Snapshot)), ProcessGround.SoundDigest(reference));
        Assert.NotEqual(old, changed);
        var loop = new KillLoop(args[1] == "apply" ? Path.Combine(_folder, Overlay) : Register, seed);
        await loop.RunAsync(3, () => Copy(_folder), success => Assert.Contains(ProcessGround.SoundDigest(Register), success ? [changed] : new[] { old, changed }), args);
        if (args[1] != "apply") Assert.NotEqual(0, loop.Interrupted);
        TestContext.Current.TestOutputHelper?.WriteLine($"{args[1]}: {loop.Kills} kills, {loop.Interrupted} with an unfinished file");
    }

    // The state before, without touching what killed runs left beside it.
    private string Copy(string folder)
    {
        foreach (var name in new[] { Snapshot, Overlay }) File.Copy(Path.Combine(_before, name), Path.Combine(folder, name), overwrite: true);
        return Path.Combine(folder, Snapshot);
    }
}
