using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Liuzhuan.Platform.Configuration;

/// <summary>One option as an operator sets it: the variable <c>SECTION__NAME</c> of the environment.</summary>
internal sealed record Setting(string Section, PropertyInfo Property)
{
    public string Variable => $"{Section}__{Property.Name}";

    /// <summary>False for what must not be repeated in a sentence, such as a password.</summary>
    public bool MayBeShown => Property.GetCustomAttribute<SecretAttribute>() is null;

    /// <summary>The options of a type, in the order in which they stand there. What has no form as text is not the environment's to set.</summary>
    public static IReadOnlyList<Setting> Of(string section, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type options) =>
        [.. options.GetProperties().Where(one => one.CanWrite && SettingText.Knows(one.PropertyType) && one.GetCustomAttribute<NotASettingAttribute>() is null).Select(one => new Setting(section, one))];

    /// <summary>May it be this?</summary>
    public bool Allows(object value) => Property.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(value));

    /// <summary>What may be written, for sentences.</summary>
    public (string Chinese, string English) Allowed
    {
        get
        {
            var (chinese, english) = SettingText.Form(Property.PropertyType);
            var (from, to) = Property.GetCustomAttribute<BetweenAttribute>() is { } between ? (between.From, between.To)
                : Property.GetCustomAttribute<RangeAttribute>() is { } range ? ($"{range.Minimum}", $"{range.Maximum}") : ("", "");
            return from.Length == 0 ? (chinese, english) : ($"{chinese}，{from} 至 {to}", $"{english}, from {from} to {to}");
        }
    }
}

/// <summary>Marks an option whose value must not be repeated in sentences and logs.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;

/// <summary>Marks an option that is set by the command line or by the program only.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotASettingAttribute : Attribute;

/// <summary>Bounds of a length of time or of a size, written as an operator writes them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BetweenAttribute(string from, string to) : ValidationAttribute
{
    public string From { get; } = from;

    public string To { get; } = to;

    public override bool IsValid(object? value) => value is not IComparable number
        || (number.CompareTo(Bound(From, value)) >= 0 && number.CompareTo(Bound(To, value)) <= 0);

    private static object? Bound(string text, object like) =>
        SettingText.TryRead(like.GetType(), text, out var bound) ? bound : throw new InvalidOperationException($"{text} is no bound for a {like.GetType().Name}.");
}
