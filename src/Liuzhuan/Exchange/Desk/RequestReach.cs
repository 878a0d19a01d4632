using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Exchange.Desk;

/// <summary>Which requests a liaison works on: within the division, those that went to an office of their own agency, and those for which they answer today.</summary>
internal sealed class RequestReach(Permissions permissions, DirectoryShelf shelf, LiaisonDuty duty, TimeProvider clock)
{
    public async Task<PermissionDecision> MayAsync(Actor actor, ExchangeRequest request, CancellationToken stop) => (await OfAsync(actor, stop))(request);

    /// <summary>For many requests at once, as the directory is now.</summary>
    public async Task<Func<ExchangeRequest, PermissionDecision>> OfAsync(Actor actor, CancellationToken stop)
    {
        var mine = await duty.OfficesAsync(actor, ChinaTime.DayOf(clock.GetUtcNow()), stop);
        var book = await shelf.LoadAsync(stop);
        return request =>
        {
            var decision = permissions.Decide(actor, Capabilities.WorkQueue, new PermissionTarget(Division: request.Division, IsConcrete: true));
            return !decision.IsAllowed || mine.Contains(request.LiaisonOffice) || IsOfAgency(book, actor.Post, request.LiaisonOffice)
                ? decision
                : decision with { Disclosure = Disclosure.None, Refusal = PermissionRefusals.Beyond(Reach.OwnAgency) };
        };
    }

    // What went to no office that is known is for whoever keeps the register in that division. Before there is a directory, nobody's agency can be asked for.
    private static bool IsOfAgency(DirectoryBook book, Post? post, string office) => post is not null && (book.Offices.TryGetValue(office, out var place)
        ? place.Agency == post.Agency
        : book.Agencies.Count == 0 || (book.Agencies.TryGetValue(post.Agency, out var own) && own.Branch == LiaisonDuty.Keeper));
}
