using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Sessions;

/// <summary>Finds out who a request is from: the session by its cookie, the officer in the directory, roles as they are now. Whoever has left, or lost all, is a stranger.</summary>
internal sealed class ActorLoad(OpenSessions sessions, IEnumerable<IStaffRegister> staff, CitizenAccounts citizens, DataStore store)
{
    /// <summary>Stands before everything that asks who it is.</summary>
    public async Task LoadAsync(HttpContext http, RequestDelegate next)
    {
        // From the network only machines come, and a request that is run again for its error page is still from the same person.
        var current = http.RequestServices.GetRequiredService<CurrentActor>();
        if (current.Actor is null && OutwardDoor.Of(http) is null && SessionCookie.Read(http) is { } secret) current.Actor = await FindAsync(secret, http.RequestAborted);
        await next(http);
    }

    /// <summary>Who has the session of this secret; null for nobody.</summary>
    public async Task<Actor?> FindAsync(string secret, CancellationToken stop)
    {
        if (await sessions.FindAsync(secret, stop) is not { } session) return null;
        if (ActorIds.OfficerOf(session.Actor) is { } officer)
        {
            return await MemberAsync(officer, stop) is { } member
                ? Of(session) with
                {
                    Kind = ActorKind.Officer,
                    Name = member.Name,
                    Post = member.Post,
                    // Whoever came by an invitation has nothing to do but to register a way to sign in.
                    Roles = session.Way == SignInWays.Invitation ? [] : await RolesAsync(officer, stop),
                }
                : null;
        }

        if (await citizens.FindAsync(session.Actor, stop) is not { } citizen) return null;
        // Whoever acts for somebody sees that person's matters, under their own name.
        var person = session.ActsFor is { } other ? (await citizens.FindAsync(other, stop))?.Person : citizen.Person;
        return person is null ? null : Of(session) with { Kind = ActorKind.Citizen, Name = citizen.Name, Person = person, Roles = [Roles.Citizen] };
    }

    /// <summary>An officer that is in service; null for everybody else.</summary>
    public async Task<StaffMember?> MemberAsync(string officerId, CancellationToken stop)
    {
        foreach (var register in staff)
        {
            if (await register.FindAsync(officerId, stop) is { } found) return found.IsActive ? found : null;
        }

        return null;
    }

    /// <summary>An officer in service as they would be if they signed in now, for what is decided in their absence; null for everybody else.</summary>
    public async Task<Actor?> OfficerAsync(string officerId, CancellationToken stop) => await MemberAsync(officerId, stop) is { } member
        ? new Actor { Id = Actor.OfOfficer(officerId), Kind = ActorKind.Officer, Name = member.Name, Post = member.Post, Roles = await RolesAsync(officerId, stop), Session = "", SignedInAt = default, ProvedAt = default }
        : null;

    /// <summary>The roles an officer holds now.</summary>
    public async Task<IReadOnlyList<string>> RolesAsync(string officerId, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, "select role from role_grants where officer_id = @id and revoked_at is null order by role", row => row.GetString(0), stop, ("id", officerId));
    }

    private static Actor Of(Session session) => new()
    {
        Id = session.Actor,
        Kind = default,
        Name = "",
        Session = session.Id,
        Way = session.Way,
        SignedInAt = session.SignedInAt,
        ProvedAt = session.ProvedAt,
        AssistedBy = session.AssistedBy,
        ActsFor = session.ActsFor,
    };
}
