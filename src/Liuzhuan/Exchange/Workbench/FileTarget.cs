using Liuzhuan.Exchange.Hall;
using Liuzhuan.Matching.Schemas;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Exchange.Workbench;

/// <summary>The form of an office's file: into the queue at once, on the officer's errand, within what purpose and area allow for each row.</summary>
internal sealed class FileTarget(JobStore store, JobDesk desk, Permissions permissions, Actor actor, RegisterSchema schema, string language) : UploadTarget
{
    public override JobStore Store => store;

    public override Refusal? Admit() => desk.IsFull ? JobDesk.Busy : Terms().Ok(out _, out var refusal) ? null : refusal;

    public override Task<Result<string>> TakeAsync(string job, string name, long bytes, CancellationToken stop)
    {
        if (!Terms().Ok(out var terms, out var refusal) || actor.Post is not { } post) return Task.FromResult<Result<string>>(refusal ?? PermissionRefusals.Stranger);
        desk.Accept(job, name, bytes, language, new Errand
        {
            Actor = actor.Id,
            ActorName = actor.Name,
            Body = post.OfficeName,
            Office = post.Office,
            Agency = post.Agency,
            Division = post.Division,
            Purpose = terms.Purpose.Id,
            Provision = terms.Purpose.Provision,
            Fact = schema.Id,
            Rule = terms.Rule,
            Policy = terms.Policy,
        });
        return Task.FromResult<Result<string>>(job);
    }

    private Result<DeskTerms> Terms() => DeskTerms.Of(permissions, actor, Capabilities.VerifyFile, Field("purpose"), schema);
}
