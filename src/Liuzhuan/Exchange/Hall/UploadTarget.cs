using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Where a form with one file goes: what its other fields said, and what is done with the file once it is on the disk.</summary>
internal abstract class UploadTarget
{
    /// <summary>What was typed into the fields that stand before the file.</summary>
    public Dictionary<string, string> Fields { get; } = [];

    public abstract JobStore Store { get; }

    /// <summary>Looks at the fields before a byte of the file is stored; null when they are well.</summary>
    public abstract Refusal? Admit();

    /// <summary>The stored file may belong to something by now: it is not to be deleted, even where nobody could be told what came of it.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Takes the stored file over.</summary>
    /// <returns>The id of what came of it.</returns>
    public abstract Task<Result<string>> TakeAsync(string job, string name, long bytes, CancellationToken stop);

    /// <summary>A field as it was typed; empty when it was left out.</summary>
    public string Field(string name) => Fields.GetValueOrDefault(name, "").Trim();
}

/// <summary>The drop page, for a computer at which nobody signs in: into the queue at once. Whoever is signed in has a purpose and an area, and another form.</summary>
internal sealed class DropTarget(JobStore store, JobDesk desk, bool isSignedIn, string language) : UploadTarget
{
    private static readonly Refusal SignedIn = new("drop.signed-in",
        "您已登录：名单请在“本单位名单”中提交并选择用途，这里不受理。",
        "You are signed in: hand the list in under \"Lists of the office\", where its purpose is stated. It is not taken here.", StatusCodes.Status403Forbidden);

    public override JobStore Store => store;

    public override Refusal? Admit() => isSignedIn ? SignedIn : desk.IsFull ? JobDesk.Busy : null;

    public override Task<Result<string>> TakeAsync(string job, string name, long bytes, CancellationToken stop)
    {
        desk.Accept(job, name, bytes, language);
        return Task.FromResult<Result<string>>(job);
    }
}
