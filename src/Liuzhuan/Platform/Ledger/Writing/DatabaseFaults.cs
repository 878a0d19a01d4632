using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>What a fault of the database says about trying again.</summary>
internal static class DatabaseFaults
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, Failed = 10, Full = 13, CannotOpen = 14;

    /// <summary>True when the same rows may well be taken in a moment: connection lost, server restarting or out of connections, deadlock, file locked.</summary>
    public static bool MayPass(Exception fault) => fault switch
    {
        PostgresException refused => refused.SqlState is ['0', '8', ..] or ['5', '7', 'P', ..] or ['5', '3', ..] or "40001" or "40P01" or "55P03" or "25006",
        NpgsqlException or SocketException or TimeoutException => true,
        SqliteException refused => refused.SqliteErrorCode is Busy or Locked,
        // A connection that broke before is told apart only by this.
        InvalidOperationException or ObjectDisposedException => fault.Source is "Npgsql",
        _ => false,
    };

    /// <summary>True when the database, not what was asked of it, is why something failed; also where a unit of work has wrapped the fault.</summary>
    public static bool IsAway(Exception fault)
    {
        for (var one = fault; one is not null; one = one.InnerException)
        {
            if (MayPass(one) || IsDisk(one)) return true;
        }

        return false;
    }

    /// <summary>True when no row at all can be written now, whichever it is: the disk is full, cannot be written or fails.</summary>
    public static bool IsDisk(Exception fault) => fault is SqliteException { SqliteErrorCode: ReadOnly or Failed or Full or CannotOpen } or IOException;
}
