namespace Liuzhuan.Platform.People;

/// <summary>Who works where. Platform knows no capability, so the directory implements this.</summary>
internal interface IStaffRegister
{
    /// <summary>An officer as of now; null when nobody has this id.</summary>
    Task<StaffMember?> FindAsync(string officerId, CancellationToken stop);
}

/// <summary>An officer as the directory knows them.</summary>
/// <param name="IsActive">False for who has left: they can neither sign in nor go on.</param>
internal sealed record StaffMember(string Id, string Name, Post Post, bool IsActive);
