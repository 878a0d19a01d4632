namespace Liuzhuan.Exchange.Recognition;

/// <summary>Words that make a column belong to someone or something else than the person asked about: 父亲姓名 is no 姓名.</summary>
internal static class ForeignColumns
{
    private static readonly string[] Persons =
    [
        "父亲", "母亲", "父母", "配偶", "丈夫", "妻子", "监护人", "家长", "联系人", "户主", "代理人", "代办人", "经办人", "填表人", "填报人", "制表人",
        "审核人", "复核人", "登记人", "录入人", "担保人", "介绍人", "推荐人", "收件人", "收款人", "付款人", "儿子", "女儿", "子女", "亲属", "家属", "家庭成员",
        "曾用", "单位", "学校", "公司", "企业", "部门", "银行", "项目", "机构", "其他", "其它", "护照", "房产", "不动产", "结婚", "驾驶", "户口簿",
        "father", "mother", "parent", "spouse", "husband", "wife", "guardian", "contact", "agent", "handler", "householder", "headofhousehold",
        "emergency", "former", "previous", "maiden", "company", "school", "employer", "department", "bank", "project", "file", "user", "passport", "relative", "child",
    ];

    // People who may themselves be the list: a column of theirs counts when there is no better one.
    private static readonly string[] Offices = ["法人", "法定代表人", "负责人", "承办人", "班主任", "导师", "教师", "老师", "法官", "书记员", "被继承人", "死者", "共有人", "legalrepresentative", "teacher", "judge", "clerk"];

    // Directly before a synonym: 父姓名, 原身份证号; but not 原告姓名.
    private static readonly string[] FirstWords = ["父", "母", "夫", "妻", "原", "旧", "曾", "old"];

    /// <summary>True when <paramref name="heading"/> names somebody else, and the synonym it would match does not ask for just that.</summary>
    public static bool Owns(string heading, string synonym) => Holds(Persons, heading, synonym)
        || Array.Exists(FirstWords, word => heading.Length == word.Length + synonym.Length && heading.StartsWith(word, StringComparison.Ordinal) && heading.EndsWith(synonym, StringComparison.Ordinal));

    /// <summary>True when <paramref name="heading"/> names the holder of an office, who is the person asked about only when nobody else is.</summary>
    public static bool MayOwn(string heading, string synonym) => Holds(Offices, heading, synonym);

    private static bool Holds(string[] words, string heading, string synonym) =>
        Array.Exists(words, word => heading.Contains(word, StringComparison.Ordinal) && !synonym.Contains(word, StringComparison.Ordinal));
}
