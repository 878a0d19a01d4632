using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.People;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Liuzhuan.Directories;

/// <summary>Plugs the directory into the service.</summary>
internal static class DirectorySetup
{
    public static void AddDirectory(this IServiceCollection services)
    {
        services.AddSingleton<DirectoryShelf>().AddSingleton<ChangeDirectory>().AddSingleton<LiaisonLookup>();
        services.TryAddSingleton<IStaffRegister, StaffRegister>();
    }
}
