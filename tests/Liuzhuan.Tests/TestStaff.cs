using System.Collections.Concurrent;
using Liuzhuan.Platform.People;

namespace Liuzhuan.Tests;

/// <summary>The officers of a test, where the directory would be.</summary>
internal sealed class TestStaff : IStaffRegister
{
    /// <summary>A police station in a county of Jilin.</summary>
    public static readonly Post Station = new("220102010000", "演示市新春派出所", "11220000DEMX00014C", "演示市公安局", "220102", OfficeLevel.Station);

    private readonly ConcurrentDictionary<string, StaffMember> _members = new();

    public void Put(StaffMember member) => _members[member.Id] = member;

    public Task<StaffMember?> FindAsync(string officerId, CancellationToken stop) => Task.FromResult(_members.GetValueOrDefault(officerId));
}
