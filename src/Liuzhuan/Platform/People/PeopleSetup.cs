using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.People.Sessions;

namespace Liuzhuan.Platform.People;

/// <summary>Plugs in who is who: sessions, accounts, permissions.</summary>
internal static class PeopleSetup
{
    /// <param name="publicAddress">The address under which people reach the pages; null for this computer's own.</param>
    /// <param name="isDemo">One may sign in as anybody with a button.</param>
    public static void AddPeople(this IServiceCollection services, SignInOptions options, Uri? publicAddress, bool isDemo)
    {
        services.AddSingleton(options).AddSingleton(new DemoMode(isDemo)).AddSingleton(SessionCookie.For(publicAddress));
        services.AddSingleton<DemoDoor>().AddSingleton<Workstation>().AddSingleton<OpenSessions>().AddSingleton<SignInDesk>().AddSingleton<ActorLoad>().AddSingleton<CitizenAccounts>();
        services.AddSingleton(provider => Permissions.Permissions.Shipped(provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<CurrentActor>().AddSingleton<Arrival>().AddSingleton<ManageRoles>();
        services.AddSingleton(provider => new Forgettable("sessions", (now, stop) => provider.GetRequiredService<OpenSessions>().ForgetAsync(now - options.LongestFor, stop)));
    }
}
