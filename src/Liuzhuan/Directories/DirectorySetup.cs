using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Pages;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Liuzhuan.Directories;

/// <summary>Plugs the directory into the service.</summary>
internal static class DirectorySetup
{
    public static void AddDirectory(this IServiceCollection services)
    {
        services.AddSingleton<DirectoryShelf>().AddSingleton<ChangeDirectory>().AddSingleton<LiaisonLookup>().AddSingleton<Uploads>();
        services.AddSingleton(new MenuEntry(60, DirectoryTexts.Title, "/workbench/directory", Capabilities.SeeDirectory));
        services.AddSingleton<INoticeAddressee, OfficerContacts>();
        services.TryAddSingleton<IStaffRegister, StaffRegister>();
    }
}
