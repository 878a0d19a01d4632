namespace Liuzhuan.Directories.Contract;

/// <summary>Who answers for an office (1), or stands in (from 2 on).</summary>
internal sealed record LiaisonSeat(string Office, int Order, string Officer, Term Term);
