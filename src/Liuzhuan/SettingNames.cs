namespace Liuzhuan;

/// <summary>
/// The variables of all settings, as <see cref="Configuration.Sections"/> has them (a test holds the two equal): every command looks whether a variable of
/// the environment is nearly one of them, and to ask ten types for their properties takes a short one longer than that.
/// </summary>
internal static class SettingNames
{
    public static readonly string[] All =
    [
        "Data__Provider", "Data__Connection",
        "Serve__Port", "Serve__RegisterPath", "Serve__OtherRegisters", "Serve__TlsPort", "Serve__PublicAddress", "Serve__Listen", "Serve__Certificate", "Serve__CertificateKey",
        "Serve__MaxUploadBytes", "Serve__KeepFor", "Serve__KeepRequestsFor", "Serve__OldAfter", "Serve__LeastFree", "Serve__DrainFor", "Serve__StopWithin",
        "Api__RequestsPerSecond", "Api__Burst", "Api__SignatureAge", "Api__TokenLife", "Api__KeepAnswers", "Api__KeepPayloads",
        "Batches__MostBytes", "Batches__MostOpen", "Batches__MostStored", "Batches__KeepContents", "Batches__KeepUploads", "Batches__Workers", "Batches__Lease", "Batches__Beat",
        "Batches__Idle", "Batches__MostAttempts", "Batches__OldAfter",
        "Ledger__Origin", "Ledger__MostInGroup", "Ledger__MostWaiting", "Ledger__Patience",
        "SignIn__IdleFor", "SignIn__LongestFor", "SignIn__ProofFor", "SignIn__MostFailures", "SignIn__LockedFor", "SignIn__AttemptsPerMinute", "SignIn__InvitationFor",
        "SignIn__CodeFor",
        "SignIn__Provider__Issuer", "SignIn__Provider__ClientId", "SignIn__Provider__ClientSecretFile", "SignIn__Provider__For", "SignIn__Provider__Name",
        "SignIn__Provider__EnglishName", "SignIn__Provider__Scopes", "SignIn__Provider__OfficerClaim", "SignIn__Provider__NameClaim", "SignIn__Provider__NumberClaim",
        "SignIn__Provider__ClockSkew", "SignIn__Provider__Timeout",
        "Notices__SmsGateway", "Notices__MostSegments", "Notices__MailServer", "Notices__MailSecurity", "Notices__MailFrom", "Notices__MailUser", "Notices__MailPassword",
        "Notices__PrivateNetworks", "Notices__Workers", "Notices__Timeout", "Notices__Lease", "Notices__Idle", "Notices__FirstPause", "Notices__MostAttempts", "Notices__Keep",
        "Notices__KeepInbox",
        "Log__Format", "Log__Level", "Log__Requests",
        "Telemetry__Endpoint", "Telemetry__Protocol", "Telemetry__SamplePercent", "Telemetry__MetricsEvery", "Telemetry__Instance",
    ];
}
