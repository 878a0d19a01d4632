using Liuzhuan.Platform.People;

namespace Liuzhuan.Supervision;

/// <summary>How officers are shown to those who supervise them: name, office, number; the number alone where the directory no longer has them.</summary>
internal sealed class OfficerNames(IEnumerable<IStaffRegister> registers)
{
    /// <summary>One for each, in order.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(IEnumerable<string> actors, CancellationToken stop)
    {
        var (known, all) = (new Dictionary<string, string>(), new List<string>());
        foreach (var actor in actors)
        {
            if (!known.TryGetValue(actor, out var shown)) known[actor] = shown = await OfAsync(actor, stop);
            all.Add(shown);
        }

        return all;
    }

    public async Task<string> OfAsync(string actor, CancellationToken stop)
    {
        if (ActorIds.OfficerOf(actor) is not { } id) return actor;
        foreach (var register in registers)
        {
            if (await register.FindAsync(id, stop) is { } member) return $"{member.Name}（{member.Post.OfficeName}，{id}）";
        }

        return id;
    }
}
