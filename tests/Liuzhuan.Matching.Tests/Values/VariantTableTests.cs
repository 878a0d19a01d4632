using FsCheck;
using FsCheck.Fluent;

namespace Liuzhuan.Matching.Tests.Values;

public class VariantTableTests
{
    [Theory]
    [InlineData("罗", "羅")]
    [InlineData("孙", "孫")]
    [InlineData("刘", "劉")]
    [InlineData("马", "馬")]
    [InlineData("陈", "陳")]
    [InlineData("赵", "趙")]
    [InlineData("张", "張")]
    [InlineData("华", "華")]
    [InlineData("升", "昇")]
    [InlineData("哲", "喆")]
    [InlineData("后", "後")]
    [InlineData("发", "發")]
    [InlineData("发", "髮")]
    [InlineData("發", "髮")]
    [InlineData("広", "廣")]
    [InlineData("関", "关")]
    [InlineData("峰", "峯")]
    public void Listed_forms_are_variants_of_one_another(string a, string b)
    {
        Assert.True(VariantTable.Default.AreVariants(a, b));
        Assert.True(VariantTable.Default.AreVariants(b, a));
        Assert.True(VariantTable.Default.AreVariants("孙平" + a, "孫平" + b));
    }

    [Theory]
    [InlineData("张", "章")]
    [InlineData("王", "玉")]
    [InlineData("张三", "張")]
    [InlineData("張", "张三")]
    [InlineData("张三", "張四")]
    [InlineData("张", "张")]
    [InlineData("", "")]
    [InlineData("A", "a")]
    [InlineData("\uD840", "\uD841")]
    public void Anything_else_is_not(string a, string b)
    {
        Assert.False(VariantTable.Default.AreVariants(a, b));
        Assert.False(VariantTable.Default.AreVariants(b, a));
    }

    [Fact]
    public void Forms_beyond_the_basic_plane_count_as_one_character() =>
        Assert.True(VariantTable.Default.AreVariants("㓆王", "𠗣王"));

    [Fact]
    public void The_relation_is_not_carried_on_to_distant_relatives()
    {
        var table = VariantTable.Default;
        // 干 is the simplified form of 乾, 幹 and 榦; 乾 stands for itself too. What is merely in one class need not be a variant.
        var distant = 0;
        for (var a = 0x4E00; a <= 0x9FFF; a++)
        {
            var root = table.ClassOf(a);
            if (root != a && !table.AreVariants(a, root)) distant++;
        }

        Assert.True(distant > 0);
    }

    [Fact]
    public void Variants_are_symmetric_and_share_their_class() =>
        Prop.ForAll(Gen.Choose(0x4E00, 0x9FFF).ToArbitrary(), Gen.Choose(0x4E00, 0x9FFF).ToArbitrary(), (a, b) =>
        {
            var table = VariantTable.Default;
            var root = table.ClassOf(a);
            return table.AreVariants(a, b) == table.AreVariants(b, a) && table.AreVariants(a, root) == table.AreVariants(root, a)
                && (!table.AreVariants(a, b) || table.ClassOf(a) == table.ClassOf(b)) && table.ClassOf(root) == root;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Fact]
    public void Every_line_of_the_tables_holds_variants()
    {
        string[] files = ["STCharacters", "TSCharacters", "TSCharactersExt", "TWVariants", "HKVariants", "JPShinjitaiCharacters"];
        foreach (var file in files)
        {
            var lines = EmbeddedData.Lines($"variants/{file}.txt").ToArray();
            Assert.NotEmpty(lines);
            foreach (var line in lines)
            {
                var cells = line.Split('\t');
                foreach (var form in cells[1].Split(' '))
                {
                    if (form != cells[0]) Assert.True(VariantTable.Default.AreVariants(cells[0], form), line);
                }
            }
        }
    }
}
