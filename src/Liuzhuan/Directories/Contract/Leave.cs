namespace Liuzhuan.Directories.Contract;

/// <summary>Days on which an officer is not there, both ends inside.</summary>
internal sealed record Leave(string Officer, DateOnly From, DateOnly To, string Reason)
{
    public bool Covers(DateOnly day) => From <= day && day <= To;
}
