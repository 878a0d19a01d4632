using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Configuration;

/// <summary>Reads options from the variables of the environment. A value that cannot be meant, and a name that is nearly right, are refused: a setting that is silently ignored is the worst kind.</summary>
internal sealed class SettingReader(IReadOnlyDictionary<string, string> variables)
{
    private const string Separator = "__";
    private const int SlipsAtMost = 2;

    public static SettingReader OfProcess()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry one in Environment.GetEnvironmentVariables()) variables[(string)one.Key] = (string?)one.Value ?? "";
        return new SettingReader(variables);
    }

    /// <summary>The options of one section, with their defaults where the environment says nothing (or an empty text).</summary>
    public Result<T> Read<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(string section)
        where T : class
    {
        var read = Activator.CreateInstance<T>();
        if (!IsAnySet(section + Separator)) return read;
        foreach (var setting in Setting.Of(section, typeof(T)))
        {
            if (variables.GetValueOrDefault(setting.Variable) is not { Length: > 0 } text) continue;
            if (!SettingText.TryRead(setting.Property.PropertyType, text, out var value) || value is null || !setting.Allows(value)) return SettingRefusals.Value(setting, text);
            setting.Property.SetValue(read, value);
        }

        return read;
    }

    /// <summary>The refusal of the first variable that looks like one of ours and is none; null when there is none such.</summary>
    /// <param name="known">The variables of every setting there is.</param>
    public Refusal? Stray(IReadOnlyCollection<string> known)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var sections = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var variable in known)
        {
            names.TryAdd(variable, variable.ToUpperInvariant());
            sections.Add(variable[..variable.IndexOf(Separator, StringComparison.Ordinal)]);
        }

        var (first, meant) = ("", "");
        foreach (var name in variables.Keys)
        {
            if (names.ContainsKey(name) || (first.Length > 0 && string.CompareOrdinal(first, name) < 0)) continue;
            // Other programs have variables of such a form as well: of a section that is not ours, only what is nearly one of our names is meant for us.
            var isOurs = name.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var at && sections.Contains(name[..at]);
            var (upper, nearest, least) = (name.ToUpperInvariant(), "", int.MaxValue);
            foreach (var (one, capitals) in names)
            {
                if (!isOurs && !MayBeNear(capitals, upper)) continue;
                var slips = Slips(capitals, upper);
                if (slips < least) (nearest, least) = (one, slips);
            }

            if (isOurs || least <= SlipsAtMost) (first, meant) = (name, nearest);
        }

        return first.Length == 0 ? null : SettingRefusals.Unknown(first, meant);
    }

    private bool IsAnySet(string prefix)
    {
        foreach (var name in variables.Keys)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    // A slip changes the length by one at most, and which characters occur by two.
    private static bool MayBeNear(string one, string other) =>
        Math.Abs(one.Length - other.Length) <= SlipsAtMost && BitOperations.PopCount(Occurring(one) ^ Occurring(other)) <= 2 * SlipsAtMost;

    // One bit for every 64th character.
    private static ulong Occurring(string name)
    {
        var found = 0UL;
        foreach (var c in name) found |= 1UL << (c & 63);
        return found;
    }

    // How many letters must be put in, left out or replaced to come from one name to the other (Levenshtein).
    private static int Slips(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, left) = (row[0], row[0] = i);
            for (var j = 1; j <= to.Length; j++)
            {
                left = Math.Min(Math.Min(row[j], left) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }
}
