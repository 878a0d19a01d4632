using System.Collections.Frozen;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People;

/// <summary>The roles there are. What each may do is dated data (data/permissions/roles.yaml).</summary>
internal static class Roles
{
    public const string WindowOfficer = "window-officer", Liaison = "liaison", AgencyClerk = "agency-clerk", Supervisor = "supervisor", PolicyOfficer = "policy-officer",
        SystemAdministrator = "system-administrator", SecurityAdministrator = "security-administrator", Auditor = "auditor", Citizen = "citizen";

    /// <summary>System, security and audit administration, of which nobody may hold two (三权分立; GB/T 22239-2019 8.1.4 and 8.1.5 give each its own administrator).</summary>
    public static IReadOnlyList<string> KeptApart { get; } = [SystemAdministrator, SecurityAdministrator, Auditor];

    /// <summary>Those of them that a system administrator could reach by inviting somebody, and therefore does not invite.</summary>
    public static IReadOnlyList<string> KeptFromSystem { get; } = [SecurityAdministrator, Auditor];

    private static readonly FrozenDictionary<string, Text> Names = new Dictionary<string, Text>
    {
        [WindowOfficer] = new("窗口民警", "Window officer"),
        [Liaison] = new("联络员", "Liaison officer"),
        [AgencyClerk] = new("用数单位经办人", "Clerk of a requesting agency"),
        [Supervisor] = new("督察", "Supervisor"),
        [PolicyOfficer] = new("政策管理员", "Policy officer"),
        [SystemAdministrator] = new("系统管理员", "System administrator"),
        [SecurityAdministrator] = new("安全管理员", "Security administrator"),
        [Auditor] = new("审计员", "Auditor"),
        [Citizen] = new("群众", "Citizen"),
    }.ToFrozenDictionary();

    /// <summary>The roles an officer may be granted, in the order in which pages list them.</summary>
    public static IReadOnlyList<string> OfStaff { get; } = [WindowOfficer, Liaison, AgencyClerk, Supervisor, PolicyOfficer, SystemAdministrator, SecurityAdministrator, Auditor];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfStaff, Citizen];

    /// <summary>How people call a role.</summary>
    /// <exception cref="KeyNotFoundException">There is no such role.</exception>
    public static Text Name(string role) => Names[role];
}
