namespace Liuzhuan.Platform.Data.Copies;

/// <summary>How far a backup, restore or move is.</summary>
/// <param name="Stage">copying, comparing or checking.</param>
/// <param name="Share">From 0 to 1, of tables or of bytes.</param>
internal readonly record struct CopyProgress(string Stage, double Share, long Rows);
