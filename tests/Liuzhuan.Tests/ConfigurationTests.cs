using System.Text.RegularExpressions;
using System.Xml.Linq;
using Liuzhuan.Platform.Configuration;

namespace Liuzhuan.Tests;

/// <summary>docs/configuration.md is what operators read; its tables must say what the options types say. With LIUZHUAN_WRITE_DOCS=1 the test writes them.</summary>
public partial class ConfigurationTests
{
    private const string Begin = "<!-- from the options types -->";

    private static readonly Lazy<Dictionary<string, XElement>> Comments = new(() =>
        XDocument.Load(Path.ChangeExtension(typeof(WebHost).Assembly.Location, ".xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!));

    [Fact]
    public void The_page_lists_every_option_with_its_default_its_bounds_and_its_meaning()
    {
        var page = Path.Combine(Repository.Root, "docs", "configuration.md");
        var text = File.ReadAllText(page);
        var expected = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + "\n" + string.Concat(Configuration.Sections.Select(one => Table(one.Section, one.Options)));
        if (Environment.GetEnvironmentVariable("LIUZHUAN_WRITE_DOCS") == "1") File.WriteAllText(page, expected);

        Assert.Equal(expected, File.ReadAllText(page));
    }

    [Fact]
    public void The_names_that_every_command_looks_for_are_those_of_all_options() =>
        Assert.Equal(Configuration.Sections.SelectMany(one => Setting.Of(one.Section, one.Options)).Select(setting => setting.Variable), SettingNames.All);

    [Fact]
    public void Every_default_is_one_that_an_operator_may_write()
    {
        foreach (var (section, type) in Configuration.Sections)
        {
            var defaults = Activator.CreateInstance(type);
            foreach (var setting in Setting.Of(section, type))
            {
                if (setting.Property.GetValue(defaults) is not { } value || SettingText.Write(value) is not { Length: > 0 } written) continue;
                Assert.True(SettingText.TryRead(setting.Property.PropertyType, written, out var read), setting.Variable);
                Assert.Equal(value, read);
                Assert.True(setting.Allows(value), setting.Variable);
            }
        }
    }

    private static string Table(string section, Type type)
    {
        var defaults = Activator.CreateInstance(type);
        var rows = Setting.Of(section, type).Select(setting =>
        {
            var written = SettingText.Write(setting.Property.GetValue(defaults));
            return $"| `{setting.Variable}` | {(written.Length == 0 ? "" : $"`{written}`")} | {setting.Allowed.English} | {Summary($"P:{type.FullName}.{setting.Property.Name}")} |\n";
        });
        var about = Summary($"T:{type.FullName}");
        return $"\n## {section}\n\n{char.ToUpperInvariant(about[about.IndexOf(':', StringComparison.Ordinal) + 2])}{about[(about.IndexOf(':', StringComparison.Ordinal) + 3)..]}\n\n| variable | default | may be | meaning |\n| --- | --- | --- | --- |\n{string.Concat(rows)}";
    }

    private static string Summary(string member) => Spaces().Replace(string.Concat(Comments.Value[member].Nodes().Select(node => node is XElement { Name.LocalName: "c" } code ? $"`{code.Value}`" : $"{node}")), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
