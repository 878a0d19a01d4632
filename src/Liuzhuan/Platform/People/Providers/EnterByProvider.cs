using System.Globalization;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>
/// Finds whom the provider's word stands for here, and lets them in. An officer is who is linked with the subject, and stands in no need of more; a citizen is
/// whom the register knows by number and name. Nobody comes into being by the provider's word alone.
/// </summary>
internal sealed class EnterByProvider(ProviderOptions options, ProviderLinks links, StaffAccounts staff, ActorLoad actors, IPersonCheck check, CitizenAccounts citizens, SignInDesk desk, DataStore store, AppendEntry append, Outbox outbox, TimeProvider clock)
{
    private const string Stranger = "stranger/unknown", Template = "provider-other-identity";

    /// <summary>Where to go on.</summary>
    public Task<Result<string>> RunAsync(HttpContext http, ProviderFlow flow, Actor? actor, ProviderProof proof, CancellationToken stop) => flow.Purpose switch
    {
        FlowPurposes.Officer => OfficerAsync(http, flow, proof, stop),
        FlowPurposes.Citizen => CitizenAsync(http, flow, proof, stop),
        FlowPurposes.Prove when actor is not null => ProveAsync(http, flow, actor, proof, stop),
        FlowPurposes.Link when actor is { Kind: ActorKind.Officer } => LinkAsync(http, actor, proof, stop),
        _ => Task.FromResult<Result<string>>(ProviderRefusals.Because("purpose")),
    };

    /// <summary>Notes that the provider's way did not lead in, and why.</summary>
    public Task RefusedAsync(Actor? actor, Refusal refusal, CancellationToken stop) =>
        append(new NewEntry("sign-in", actor?.Id ?? Stranger, LedgerDetail.Of(new { act = "refuse", way = SignInWays.Provider, cause = refusal.Code })), stop);

    private async Task<Result<string>> OfficerAsync(HttpContext http, ProviderFlow flow, ProviderProof proof, CancellationToken stop)
    {
        var (linked, named) = (await links.FindAsync(proof.Subject, stop), options.OfficerClaim.Length > 0 ? proof.Claims[options.OfficerClaim]?.Trim() : null);
        // A number that passed on to somebody else must not open what belongs to the one before.
        if (linked is not null && named is not null && linked != Actor.OfOfficer(named)) return ProviderRefusals.Because("officer-changed");
        if (linked is null)
        {
            if (named is null) return ProviderRefusals.Because("not-linked");
            if (await staff.FindAsync(named, stop) is null || await actors.MemberAsync(named, stop) is null) return ProviderRefusals.Because("no-officer");
            linked = Actor.OfOfficer(named);
            if (!await links.AddAsync(linked, proof.Subject, ByProvider, stop))
            {
                await TellAsync(named, proof, stop);
                return ProviderRefusals.Because("other-identity");
            }
        }

        return await desk.EnterAsync(http, Session(linked, proof), flow.Back, stop) is { } place ? place : ProviderRefusals.Because("no-officer");
    }

    private async Task<Result<string>> CitizenAsync(HttpContext http, ProviderFlow flow, ProviderProof proof, CancellationToken stop)
    {
        var (number, name) = (proof.Claims[options.NumberClaim]?.Trim() ?? "", proof.Claims[options.NameClaim]?.Trim() ?? "");
        if (await check.ConfirmAsync(number, name, asker: null, stop) is not { } confirmed) return ProviderRefusals.Because("person");
        var account = await citizens.KeepAsync(confirmed, name, phone: null, ByProvider, stop);
        return await desk.EnterAsync(http, Session(account.Id, proof), flow.Back, stop) is { } place ? place : ProviderRefusals.Because("person");
    }

    private async Task<Result<string>> ProveAsync(HttpContext http, ProviderFlow flow, Actor actor, ProviderProof proof, CancellationToken stop)
    {
        var shown = actor.Kind == ActorKind.Officer ? await links.FindAsync(proof.Subject, stop)
            : await check.ConfirmAsync(proof.Claims[options.NumberClaim]?.Trim() ?? "", proof.Claims[options.NameClaim]?.Trim() ?? "", asker: null, stop) is { } confirmed ? (await citizens.FindAsync(PersonKey.Of(confirmed), stop))?.Id : null;
        if (shown != actor.Id) return ProviderRefusals.Because("somebody-else");
        return await desk.ProveAsync(http, actor, SignInWays.Provider, flow.Back, stop) is { } place ? place : ProviderRefusals.Because("session");
    }

    private async Task<Result<string>> LinkAsync(HttpContext http, Actor actor, ProviderProof proof, CancellationToken stop)
    {
        if (await links.FindAsync(proof.Subject, stop) != actor.Id && !await links.AddAsync(actor.Id, proof.Subject, actor.Id, stop)) return ProviderRefusals.Taken;
        if (actor.Way != SignInWays.Invitation) return "/me/provider";
        // An invitation is over with the first way to sign in; that it works is seen by signing in with it.
        await desk.LeaveAsync(http, stop);
        return "/sign-in?ready=1";
    }

    // Somebody else's identity that bears an officer's number, or a colleague's new one: for people to find out. Once a day, however often it is tried.
    private async Task TellAsync(string officer, ProviderProof proof, CancellationToken stop)
    {
        var (identity, day) = (links.Shown(proof.Subject), ChinaTime.DayOf(clock.GetUtcNow()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        foreach (var holder in await HoldersAsync(Roles.SecurityAdministrator, stop))
        {
            await outbox.AddAsync(store, new NewNotice
            {
                Template = Template,
                Recipient = Actor.OfOfficer(holder),
                Values = new Dictionary<string, Text> { ["officer"] = new(officer, officer), ["identity"] = new(identity, identity) },
                Key = $"provider/{officer}/{identity}/{day}",
            }, stop);
        }
    }

    private async Task<IReadOnlyList<string>> HoldersAsync(string role, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, "select officer_id from role_grants where role = @role and revoked_at is null", row => row.GetString(0), stop, ("role", role));
    }

    private string ByProvider => "provider/" + options.Issuer?.Host;

    private NewSession Session(string actor, ProviderProof proof) => new(actor, SignInWays.Provider) { ProvedAt = proof.ProvedAt < clock.GetUtcNow() ? proof.ProvedAt : null };
}
