namespace Liuzhuan.Platform.Permissions;

/// <summary>What somebody may be permitted to do. Every page and every endpoint for people names one of these, or says that it is open.</summary>
internal static class Capabilities
{
    public const string VerifyPerson = "verify-person", VerifyFile = "verify-file", SubmitRequest = "submit-request", WorkQueue = "work-queue",
        SeeOwnAccesses = "see-own-accesses", ChallengeAccess = "challenge-access", DecideChallenge = "decide-challenge", SeeAlerts = "see-alerts",
        KeepDirectory = "keep-directory", SeeDirectory = "see-directory", GrantRoles = "grant-roles", ImportCalendar = "import-calendar", SeeClocks = "see-clocks",
        WatchNotices = "watch-notices", ReadInbox = "read-inbox", ReadLedgerEntries = "read-ledger-entries", OwnCredentials = "own-credentials",
        InviteOfficers = "invite-officers", AssistCitizen = "assist-citizen";

    public static IReadOnlyList<string> All { get; } =
    [
        VerifyPerson, VerifyFile, SubmitRequest, WorkQueue, SeeOwnAccesses, ChallengeAccess, DecideChallenge, SeeAlerts, KeepDirectory, SeeDirectory, GrantRoles,
        ImportCalendar, SeeClocks, WatchNotices, ReadInbox, ReadLedgerEntries, OwnCredentials, InviteOfficers, AssistCitizen,
    ];
}
