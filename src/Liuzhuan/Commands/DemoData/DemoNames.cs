namespace Liuzhuan.Commands.DemoData;

/// <summary>Makes names from common parts, so that none stands for a real person; a few hold rare characters or an interpunct, as real lists do.</summary>
internal static class DemoNames
{
    private const int InterpunctPerMillion = 5_000, RarePerMillion = 1_500, SingleGivenPercent = 22, CompoundPerMillion = 1_200;
    private const int TableBits = 12;

    // By frequency; drawn with weights like 1/(rank + 3), after Zipf.
    private const string Surnames =
        "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文朴全玄池";

    private const string Given =
        "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国文志海玉红梅春生金凤云龙飞鹏辉斌波宁林峰宇浩轩然子涵欣怡梓雨佳琪思远晨曦一诺诗嘉豪俊泽铭皓博阳乐天佑安康健雪晴月星辰光亮启航程达成功业兴旺富贵荣昌盛" +
        "福禄寿喜庆祥和瑞吉祺禧德仁义礼智信忠孝廉耻勤俭学贤才良善美慧淑贞雅倩媛婷婉娴妍姝妮姗娇婵莉莎莹萍菲蓉薇蕾芸芝苗苹茜荷莲菊萱蓝翠碧青紫丹彤虹霓露霜冰洁清澈源泉溪河湖江汉洲沛润泽浪潮汐沙岩山岭岳峻崇松柏桐杨柳" +
        "枫桦楠榕樟椿森树木本立新民革卫东方南北西中正直方圆宏伟广大元亨利亚非欧洋洲世界纪年代永恒久长远景象征程前进步升腾跃骏驰骋驹骥麟凯旋胜捷奇绝妙音韵律琴瑟笙箫鼓舞歌唱咏诵书画墨砚笔端倪尔雅颂风化育才";

    // Characters that older systems lose: outside the basic plane, in extension A, or simply uncommon.
    private static readonly string[] Rare = ["㛃", "䶮", "𬭩", "翀", "堃", "喆", "淼", "赟", "彧", "祎", "昇", "犇"];

    private static readonly string[] Compound = ["欧阳", "司马", "诸葛", "上官", "东方", "慕容", "皇甫", "尉迟"];

    private static readonly string[] WithInterpunct = ["阿不都", "迪丽热巴", "古丽娜尔", "买买提", "热合曼", "艾力", "木拉提", "帕提古丽", "吐尔逊", "阿依古丽", "巴特尔", "斯琴高娃", "扎西", "卓玛", "次仁", "多吉"];

    private static readonly char[] GivenCharacters = [.. Given.Distinct()];
    private static readonly char[] SurnameTable = Weighted();

    public static string Draw(ref SplitMix random)
    {
        if (random.Chance(InterpunctPerMillion)) return $"{Pick(WithInterpunct, ref random)}·{Pick(WithInterpunct, ref random)}";
        return Family(ref random) + GivenName(ref random);
    }

    /// <summary>The same family name with another given name.</summary>
    public static string Renamed(string name, ref SplitMix random)
    {
        if (name.Contains('·', StringComparison.Ordinal)) return Draw(ref random);
        for (; ; )
        {
            var other = name[..(Compound.Contains(name[..Math.Min(2, name.Length)]) ? 2 : 1)] + GivenName(ref random);
            if (other != name) return other;
        }
    }

    private static string Family(ref SplitMix random) =>
        random.Chance(CompoundPerMillion) ? Pick(Compound, ref random) : SurnameTable[random.Below(SurnameTable.Length)].ToString();

    private static string GivenName(ref SplitMix random)
    {
        var first = random.Chance(RarePerMillion) ? Pick(Rare, ref random) : GivenCharacter(ref random);
        return random.Below(100) < SingleGivenPercent ? first : first + GivenCharacter(ref random);
    }

    private static string GivenCharacter(ref SplitMix random) => GivenCharacters[random.Below(GivenCharacters.Length)].ToString();

    private static string Pick(string[] from, ref SplitMix random) => from[random.Below(from.Length)];

    private static char[] Weighted()
    {
        var weights = Surnames.Select((_, rank) => 1.0 / (rank + 3)).ToArray();
        var (total, sum, table, at) = (weights.Sum(), 0.0, new char[1 << TableBits], 0);
        for (var i = 0; i < Surnames.Length; i++)
        {
            sum += weights[i];
            for (var end = i == Surnames.Length - 1 ? table.Length : (int)(sum / total * table.Length); at < end; at++) table[at] = Surnames[i];
        }

        return table;
    }
}
