using Liuzhuan.Platform.Clocks.Reading;

namespace Liuzhuan.Platform.Clocks.Keeping;

/// <summary>How acts are written: in the database, in the ledger, on the command line.</summary>
internal static class ClockActs
{
    public const string TimeForm = "HH:mm";

    private static readonly Dictionary<string, ClockAct> Names = Enum.GetValues<ClockAct>().ToDictionary(act => $"{act}".ToLowerInvariant());

    public static IReadOnlyCollection<string> All => Names.Keys;

    public static string Write(ClockAct act) => $"{act}".ToLowerInvariant();

    public static bool TryRead(string name, out ClockAct act) => Names.TryGetValue(name, out act);

    /// <exception cref="InvalidDataException">There is no such act.</exception>
    public static ClockAct Read(string name) => TryRead(name, out var act) ? act : throw new InvalidDataException($"A clock has the act {name}, which is none.");
}
