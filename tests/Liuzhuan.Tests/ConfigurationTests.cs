using System.Reflection;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Tests;

/// <summary>docs/configuration.md is what operators read; it must say what the options types say.</summary>
public class ConfigurationTests
{
    private static readonly (string Section, Type Options)[] Sections = [("Data", typeof(DataOptions))];

    [Fact]
    public void Every_option_is_documented_with_its_default()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "configuration.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')).ToDictionary(cells => cells[1].Trim().Trim('`'), cells => cells[2].Trim().Trim('`'));
        foreach (var (section, type) in Sections)
        {
            var defaults = Activator.CreateInstance(type);
            foreach (var option in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                Assert.True(rows.Remove($"{section}__{option.Name}", out var said), $"{section}__{option.Name} is not in docs/configuration.md.");
                Assert.Equal($"{option.GetValue(defaults)}", said);
            }

            Assert.DoesNotContain(rows.Keys, name => name.StartsWith(section + "__", StringComparison.Ordinal));
        }
    }
}
