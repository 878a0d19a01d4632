using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.People;

namespace Liuzhuan.Directories;

/// <summary>Who works where, for sign-in and permissions: an officer of the directory with their post.</summary>
internal sealed class StaffRegister(DirectoryShelf shelf, TimeProvider clock) : IStaffRegister
{
    public async Task<StaffMember?> FindAsync(string officerId, CancellationToken stop) => Find(await shelf.LoadAsync(stop), officerId, ChinaTime.DayOf(clock.GetUtcNow()));

    /// <summary>Active on a day is who is in service, in an office and an agency that are in force.</summary>
    public static StaffMember? Find(DirectoryBook book, string officerId, DateOnly day) =>
        book.Officers.TryGetValue(officerId, out var officer) && book.Offices.TryGetValue(officer.Office, out var office) && book.Agencies.TryGetValue(office.Agency, out var agency)
            ? new StaffMember(officer.Id, officer.Name.Zh, new Post(office.Code, office.Name.Zh, agency.Code, agency.Name.Zh, office.Division, office.Level), officer.Term.Covers(day) && office.Term.Covers(day) && agency.Term.Covers(day))
            : null;
}
