using Liuzhuan.Platform.Ledger.Accesses;

namespace Liuzhuan.Platform.Permissions;

/// <summary>What something is to be done to, as far as it is known. Empty: may it be done to anything at all, as a page asks before it is shown.</summary>
/// <param name="Division">Six digits of GB/T 2260.</param>
/// <param name="Office">Organ code.</param>
/// <param name="Agency">Unified social credit code.</param>
/// <param name="Purpose">Code of a purpose.</param>
/// <param name="Person">The citizen it is about.</param>
internal readonly record struct PermissionTarget(string? Division = null, string? Office = null, string? Agency = null, string? Purpose = null, PersonKey? Person = null);
