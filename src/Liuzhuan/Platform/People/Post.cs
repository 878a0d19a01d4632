namespace Liuzhuan.Platform.People;

/// <summary>Where an officer works.</summary>
/// <param name="Office">Organ code of 12 digits (GA 380), opaque.</param>
/// <param name="Agency">Unified social credit code (GB 32100).</param>
/// <param name="Division">Six digits of GB/T 2260: the division the office belongs to.</param>
internal sealed record Post(string Office, string OfficeName, string Agency, string AgencyName, string Division, OfficeLevel Level);

internal enum OfficeLevel
{
    Province,
    City,
    County,
    Station,
}
