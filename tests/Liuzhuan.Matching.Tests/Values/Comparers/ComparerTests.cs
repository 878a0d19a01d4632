namespace Liuzhuan.Matching.Tests.Values.Comparers;

public class ComparerTests
{
    [Theory]
    [InlineData("sex", "男", "1")]
    [InlineData("sex", " 女 ", "2")]
    [InlineData("sex", "1", "1")]
    [InlineData("sex", "２", "2")]
    [InlineData("sex", "m", "1")]
    [InlineData("sex", "Ｆ", "2")]
    [InlineData("sex", "Female", "2")]
    [InlineData("sex", "男性", "1")]
    [InlineData("date", "1977-09-28", "1977-09-28")]
    [InlineData("date", "19770928", "1977-09-28")]
    [InlineData("date", "1977/9/8", "1977-09-08")]
    [InlineData("date", "1977.9.28", "1977-09-28")]
    [InlineData("date", "1977年9月28日", "1977-09-28")]
    [InlineData("date", "1977 年 9 月 2 日", "1977-09-02")]
    [InlineData("date", "１９７７年０９月２８", "1977-09-28")]
    [InlineData("date", "1977-9-2 00:00:00", "1977-09-02")]
    [InlineData("date", "1977-09-28T00:00:00.000Z", "1977-09-28")]
    [InlineData("date", "1977/09/28 0:00", "1977-09-28")]
    [InlineData("date", "'1977—09—28 ", "1977-09-28")]
    [InlineData("date", "2000-02-29", "2000-02-29")]
    [InlineData("ethnicity", "汉", "01")]
    [InlineData("ethnicity", "汉族", "01")]
    [InlineData("ethnicity", "01", "01")]
    [InlineData("ethnicity", "1", "01")]
    [InlineData("ethnicity", "cs", "10")]
    [InlineData("ethnicity", "朝鲜 族", "10")]
    [InlineData("ethnicity", "维吾尔", "05")]
    [InlineData("ethnicity", "97", "97")]
    [InlineData("ethnicity", "入籍", "98")]
    [InlineData("division", "220104", "220104")]
    [InlineData("division", "２２０１０４", "220104")]
    [InlineData("division", "220181", "220181")]
    [InlineData("division", "长春市朝阳区", "220104")]
    [InlineData("division", "吉林省长春市朝阳区", "220104")]
    [InlineData("division", "吉林省 长春市 朝阳区", "220104")]
    [InlineData("division", "延吉市", "222401")]
    [InlineData("division", "吉林省延吉市", "222401")]
    [InlineData("division", "延边朝鲜族自治州延吉市", "222401")]
    [InlineData("division", "北京市朝阳区", "110105")]
    [InlineData("division", "南岗区", "230103")]
    [InlineData("division", "广东省东莞市", "441900")]
    [InlineData("family_relation", "02", "02")]
    [InlineData("family_relation", "户主", "02")]
    [InlineData("family_relation", "长女", "32")]
    [InlineData("family_relation", " 配偶", "10")]
    [InlineData("code", " ab-01 ", "AB-01")]
    [InlineData("text", " 吉林省　长春市  a１ ", "吉林省 长春市 A1")]
    [InlineData("citizen_number", " 110105-19491231-002x", "11010519491231002X")]
    [InlineData("credit_code", "11110000000021135m", "11110000000021135M")]
    [InlineData("name", "扎西.多吉", "扎西·多吉")]
    public void A_cell_is_read_to_its_canonical_text(string comparer, string cell, string canonical)
    {
        var reading = FieldComparers.Get(comparer).Read(cell);
        Assert.Equal(ReadingKind.Value, reading.Kind);
        Assert.Equal(canonical, reading.Canonical);
        Assert.Equal(cell != canonical, reading.Changed);
        Assert.Null(reading.Alternatives);
        Assert.True(FieldComparers.Get(comparer).TryReadStored(cell, out var stored));
        Assert.Equal(canonical, stored);
    }

    [Theory]
    [InlineData("sex", "男女")]
    [InlineData("sex", "0")]
    [InlineData("sex", "9")]
    [InlineData("sex", "3")]
    [InlineData("date", "77-09-28")]
    [InlineData("date", "1977-02-30")]
    [InlineData("date", "1900-02-29")]
    [InlineData("date", "1977-13-01")]
    [InlineData("date", "1977-00-01")]
    [InlineData("date", "28396")]
    [InlineData("date", "9/28/1977")]
    [InlineData("date", "1977-09")]
    [InlineData("date", "197709")]
    [InlineData("date", "1977-09-28 16:00:00")]
    [InlineData("date", "1977-09/28")]
    [InlineData("date", "1977-09-280")]
    [InlineData("date", "1977092800")]
    [InlineData("date", "1977年9月28日生")]
    [InlineData("date", "不详")]
    [InlineData("date", "0000-00-00")]
    [InlineData("ethnicity", "57")]
    [InlineData("ethnicity", "族")]
    [InlineData("ethnicity", "汉人")]
    [InlineData("division", "220104001")]
    [InlineData("division", "220104001002")]
    [InlineData("division", "990104")]
    [InlineData("division", "830000")]
    [InlineData("division", "2201")]
    [InlineData("division", "长春高新技术产业开发区")]
    [InlineData("division", "某区")]
    [InlineData("family_relation", "1")]
    [InlineData("family_relation", "邻居")]
    [InlineData("code", "A B")]
    [InlineData("citizen_number", "110105194912310021")]
    [InlineData("credit_code", "X")]
    [InlineData("text", "#REF!")]
    [InlineData("text", " #n/a")]
    public void What_is_not_understood_is_not_compared(string comparer, string cell)
    {
        Assert.Equal(FieldReading.Unreadable, FieldComparers.Get(comparer).Read(cell));
        if (comparer != "sex" || cell is not ("0" or "9")) Assert.False(FieldComparers.Get(comparer).TryReadStored(cell, out _));
    }

    [Fact]
    public void An_empty_cell_is_no_value_anywhere()
    {
        string[] blanks = ["", " ", "\u3000\t", "\u200B"];
        foreach (var comparer in FieldComparers.Names.Select(FieldComparers.Get))
        {
            foreach (var blank in blanks)
            {
                Assert.Equal(FieldReading.Empty, comparer.Read(blank));
                Assert.True(comparer.TryReadStored(blank, out var stored));
                if (comparer.Name != "none") Assert.Equal("", stored);
            }
        }
    }

    [Fact]
    public void A_cell_of_any_size_is_judged()
    {
        foreach (var comparer in FieldComparers.Names.Where(name => name is not ("name" or "text" or "none")).Select(FieldComparers.Get))
        {
            Assert.Equal(ReadingKind.Unreadable, comparer.Read(new string('长', 40_000)).Kind);
        }
    }

    [Fact]
    public void What_was_stored_reads_back_as_itself()
    {
        (string Comparer, string Cell)[] cells =
            [("sex", "女"), ("date", "1977年9月28日"), ("ethnicity", "满"), ("division", "220104"), ("family_relation", "长子"), ("code", "a1"), ("text", "a  b"), ("name", "john smith")];
        foreach (var (name, cell) in cells)
        {
            var comparer = FieldComparers.Get(name);
            Assert.True(comparer.TryReadStored(cell, out var stored));
            Assert.Equal(new FieldReading(ReadingKind.Value, stored, false), comparer.Read(stored));
        }
    }

    [Fact]
    public void A_register_may_say_that_the_sex_is_unknown()
    {
        string[] unknown = ["0", "9", "９", "未知"];
        foreach (var cell in unknown)
        {
            Assert.True(FieldComparers.Get("sex").TryReadStored(cell, out var stored));
            Assert.Equal("", stored);
        }
    }

    [Fact]
    public void A_name_that_several_counties_bear_gives_all_of_them()
    {
        var reading = FieldComparers.Get("division").Read("朝阳区");
        Assert.Equal(ReadingKind.Value, reading.Kind);
        Assert.Equal(["110105", "220104"], reading.Alternatives);
        Assert.Equal(reading.Canonical, reading.Alternatives![0]);
        Assert.False(FieldComparers.Get("division").TryReadStored("朝阳区", out _));
    }

    [Theory]
    [InlineData("公主岭市", "220184", "220381", "229001")]
    [InlineData("吉林省四平市公主岭市", "220184", "220381")]
    [InlineData("长春市公主岭市", "220184", "220381")]
    [InlineData("怀德县", "220184", "222121")]
    [InlineData("九台市", "220113", "220181")]
    [InlineData("九台区", "220113", "220181")]
    [InlineData("榆树市", "220182", "229007")]
    public void A_division_that_was_renumbered_is_meant_by_any_of_its_numbers(string name, string now, params string[] formerly)
    {
        var reading = FieldComparers.Get("division").Read(name);
        Assert.Equal(now, reading.Canonical);
        Assert.Subset(reading.Alternatives!.ToHashSet(), formerly.Append(now).ToHashSet());
        Assert.True(FieldComparers.Get("division").TryReadStored(name, out var stored));
        Assert.Equal(now, stored);
    }

    [Fact]
    public void A_name_that_another_place_bears_today_means_that_place()
    {
        // 222303, once 扶余市, is 宁江区 today, and 222301, once 白城市, is 洮北区.
        var division = FieldComparers.Get("division");
        Assert.DoesNotContain("220702", division.Read("扶余市").Alternatives ?? []);
        Assert.True(division.TryReadStored("吉林省扶余市", out var stored));
        Assert.Equal("220781", stored);
        Assert.Equal(["220800"], division.Read("白城市").Alternatives!);
        Assert.False(division.TryReadStored("白城市", out _));
    }

    [Fact]
    public void A_number_that_was_given_out_again_means_what_it_means_now()
    {
        // 220302 was 铁东区 in 1983 and has been 铁西区 since.
        Assert.Contains("220302", FieldComparers.Get("division").Read("四平市铁西区").Alternatives!);
        Assert.DoesNotContain("220302", FieldComparers.Get("division").Read("四平市铁东区").Alternatives ?? []);
        Assert.Equal("220303", FieldComparers.Get("division").Read("四平市铁东区").Canonical);
    }

    [Theory]
    [InlineData("吉林省", "220000", "=")]
    [InlineData("吉林省", "220100", "?")]
    [InlineData("吉林省", "220102", "?")]
    [InlineData("吉林省", "222401", "?")]
    [InlineData("吉林省", "110105", "!")]
    [InlineData("长春市", "220100", "=")]
    [InlineData("吉林省长春市", "220100", "=")]
    [InlineData("吉林省 长春市", "220102", "?")]
    [InlineData("长春市", "220381", "?")]
    [InlineData("四平市", "220184", "?")]
    [InlineData("长春市", "220000", "?")]
    [InlineData("长春市", "220171", "?")]
    [InlineData("长春市", "220199", "?")]
    [InlineData("长春市", "510999", "?")]
    [InlineData("长春市", "222401", "!")]
    [InlineData("长春市", "220200", "!")]
    [InlineData("吉林市", "220102", "!")]
    [InlineData("吉林市", "222621", "?")]
    [InlineData("通化市", "222201", "?")]
    [InlineData("北京市", "110000", "=")]
    [InlineData("北京市", "110105", "?")]
    [InlineData("北京市", "220102", "!")]
    [InlineData("延边朝鲜族自治州", "222400", "=")]
    [InlineData("延边朝鲜族自治州", "222401", "?")]
    [InlineData("湖北省", "429004", "?")]
    [InlineData("嘉峪关市", "620201", "=")]
    [InlineData("嘉峪关市", "620200", "=")]
    public void A_larger_place_leaves_open_what_may_lie_in_it(string name, string stored, string expected)
    {
        var comparer = FieldComparers.Get("division");
        var reading = comparer.Read(name);
        Assert.Equal(ReadingKind.Value, reading.Kind);
        var equal = reading.Canonical == stored || reading.Alternatives!.Contains(stored);
        Assert.Equal(expected, equal ? "=" : comparer.LeavesOpen(reading, stored) ? "?" : "!");
        Assert.Equal(name == "嘉峪关市", comparer.TryReadStored(name, out _));
    }

    [Fact]
    public void Only_divisions_leave_anything_open()
    {
        foreach (var comparer in FieldComparers.Names.Select(FieldComparers.Get))
        {
            Assert.Equal(comparer.Name == "division", comparer.LeavesOpen(new FieldReading(ReadingKind.Value, "220000", true, ["220000"]), "220102"));
        }
    }

    [Fact]
    public void A_damaged_name_is_invalid_and_kept_out_of_a_register()
    {
        Assert.Equal(FieldReading.Invalid, FieldComparers.Get("name").Read("张?"));
        Assert.False(FieldComparers.Get("name").TryReadStored("张□", out _));
    }

    [Fact]
    public void Only_names_have_variants()
    {
        foreach (var comparer in FieldComparers.Names.Select(FieldComparers.Get))
        {
            Assert.Equal(comparer.Name == "name", comparer.AreVariants("孫平", "孙平"));
        }
    }

    [Fact]
    public void A_field_that_is_only_stored_is_kept_as_it_is_and_never_asked()
    {
        Assert.True(FieldComparers.Get("none").TryReadStored(" a ", out var stored));
        Assert.Equal(" a ", stored);
        Assert.Equal(FieldReading.Empty, FieldComparers.Get("none").Read("a"));
    }

    [Fact]
    public void Every_comparer_says_how_it_is_stored()
    {
        var storages = FieldComparers.Names.ToDictionary(name => name, name => FieldComparers.Get(name).Storage);
        Assert.Equal(FieldStorage.Name, storages["name"]);
        Assert.Equal(FieldStorage.Date, storages["date"]);
        string[] few = ["sex", "ethnicity", "division", "code", "family_relation"];
        Assert.All(few, name => Assert.Equal(FieldStorage.Dictionary, storages[name]));
        string[] texts = ["text", "citizen_number", "credit_code", "none"];
        Assert.All(texts, name => Assert.Equal(FieldStorage.Text, storages[name]));
        Assert.Equal(storages.Count, few.Length + texts.Length + 2);
    }

    [Fact]
    public void An_unknown_comparer_is_refused_with_those_there_are()
    {
        var fault = Assert.Throws<ArgumentException>(() => FieldComparers.Get("colour"));
        Assert.All(FieldComparers.Names, name => Assert.Contains(name, fault.Message));
    }

    [Fact]
    public void Every_day_reads_the_same_in_every_form()
    {
        var comparer = FieldComparers.Get("date");
        for (var day = new DateOnly(1896, 1, 1); day < new DateOnly(1905, 1, 1); day = day.AddDays(1))
        {
            string[] forms = [day.ToString("yyyyMMdd"), day.ToString("yyyy/M/d"), day.ToString("yyyy.MM.dd"), day.ToString("yyyy年M月d日"), day.ToString("yyyy-M-d") + " 00:00:00"];
            Assert.All(forms, form => Assert.Equal(day.ToString("yyyy-MM-dd"), comparer.Read(form).Canonical));
        }
    }
}
