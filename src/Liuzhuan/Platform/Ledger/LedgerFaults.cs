namespace Liuzhuan.Platform.Ledger;

/// <summary>The database does not take entries now. Nothing was acknowledged; an entry whose commit was under way may be in the log all the same.</summary>
internal sealed class LedgerUnavailableException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The log in the database is not the one this process wrote or read before: shortened, changed or forked. Nothing more is written until an operator has looked at it.</summary>
internal sealed class LedgerBrokenException(string message) : Exception(message);
