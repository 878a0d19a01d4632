using System.Text;

namespace Liuzhuan.Benchmarks.Data;

/// <summary>Synthetic names: 109 surnames by Zipf's law, 359 given characters, one name in 400 longer than three characters.</summary>
internal static class Names
{
    private const string Surnames =
        "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐";

    private const string Given =
        "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红玉华建国志海云峰波辉鹏飞斌凯浩宇轩博晨晓梅莉萍燕玲琴雪琳倩颖婷慧莹洁晶欣怡佳嘉悦思梦雨涵诗雅馨蕾薇曼菲茜瑶瑾瑜璇琪琦珊珍珠宝贵荣昌盛富裕福寿康宁安泰和顺祥瑞吉庆喜乐"
        + "春夏秋冬东南西北中正直廉良善美真诚信义仁德孝忠贤才俊豪雄彪虎龙凤鸾鹤鸿雁松柏竹菊荷莲蓉芙芝茵芸苗苑茂蓝青翠碧丹彤朱紫白素淑娴婉娇媛嫣妍姝妮姗婵娥嫦月星辰旭阳光亮灿炎煜烨焕炜炳煌焱森林木枫桐楠梓榕柳桃杏李棠樱"
        + "山川江河湖泽源泉清澈洪涌沛润淳渊深浪潮汐沧溪岩石磐岳岭崇峻巍峥嵘天地乾坤宏伟大业成功立达通远航程进升腾跃翔展望希冀愿心怀念恩惠赐锦绣绮绫纹维纲经纶绪缘续永恒久长亘古今文武章墨书画琼瑛瑗璐璟珂珏玥玮珩琛理珑环璞"
        + "铭鑫铁钢银钰锋锐钧铎镇培城堂坚基培均圣哲睿智聪颖敬恭谦谨慎勤勉励奋毅恺悌悠然若如可以羽舒曦菁蔓莎黛";

    private const int SurnameCount = 109, GivenCount = 359;

    private static readonly byte[][] SurnameBytes = Split(Surnames, SurnameCount);
    private static readonly byte[][] GivenBytes = Split(Given, GivenCount);
    private static readonly byte[] SurnameOfShare = ZipfTable();

    private static readonly byte[][] DoubleSurnames = [.. new[] { "欧阳", "上官", "司马", "诸葛", "端木", "夏侯", "皇甫", "东方" }.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] MinorityParts =
        [.. new[] { "阿依", "古丽", "买买提", "迪丽热巴", "艾力", "吐尔逊", "帕提古丽", "木拉提", "努尔", "艾山", "热合曼", "巴特尔", "乌兰", "其木格", "格桑", "卓玛" }.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The longest name in bytes.</summary>
    public const int MaxBytes = 48;

    /// <summary>Writes the name that belongs to <paramref name="hash"/>; returns its length in bytes.</summary>
    public static int Write(ulong hash, Span<byte> target)
    {
        var kind = Mixing.Below(hash >> 32, 2000);
        var first = (int)(hash & 0xFFF);
        if (kind < 4) return Join(target, MinorityParts[first & 15], "·"u8, MinorityParts[first >> 4 & 15]);

        var given1 = GivenBytes[Mixing.Below(hash * 0x9E3779B97F4A7C15 >> 32, GivenCount)];
        var given2 = GivenBytes[Mixing.Below(hash * 0xD1B54A32D192ED03 >> 32, GivenCount)];
        if (kind < 5) return Join(target, DoubleSurnames[first & 7], given1, given2);
        var surname = SurnameBytes[SurnameOfShare[first]];
        return Join(target, surname, given1, kind < 350 ? [] : given2);
    }

    /// <summary>Writes <paramref name="name"/> with its last character replaced by another; returns its length.</summary>
    public static int WriteWithWrongEnd(ReadOnlySpan<byte> name, ulong hash, Span<byte> target)
    {
        name.CopyTo(target);
        var end = name.Length - 3;
        var at = Mixing.Below(hash, GivenCount);
        if (name[end..].SequenceEqual(GivenBytes[at])) at = (at + 1) % GivenCount;
        GivenBytes[at].CopyTo(target[end..]);
        return name.Length;
    }

    private static int Join(Span<byte> target, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c)
    {
        a.CopyTo(target);
        b.CopyTo(target[a.Length..]);
        c.CopyTo(target[(a.Length + b.Length)..]);
        return a.Length + b.Length + c.Length;
    }

    private static byte[][] Split(string characters, int count)
    {
        var distinct = characters.Distinct().Take(count).Select(c => Encoding.UTF8.GetBytes([c])).ToArray();
        return distinct.Length == count ? distinct : throw new InvalidOperationException($"{distinct.Length} distinct characters, {count} wanted.");
    }

    private static byte[] ZipfTable()
    {
        var table = new byte[4096];
        var total = Enumerable.Range(1, SurnameCount).Sum(rank => 1.0 / rank);
        var (sum, surname) = (1.0 / total, 0);
        for (var i = 0; i < table.Length; i++)
        {
            while (i >= sum * table.Length && surname < SurnameCount - 1) sum += 1.0 / (++surname + 1) / total;
            table[i] = (byte)surname;
        }

        return table;
    }
}
