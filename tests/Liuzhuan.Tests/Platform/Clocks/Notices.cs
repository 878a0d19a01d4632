namespace Liuzhuan.Tests.Platform.Clocks;

/// <summary>Notices made up for tests. No year after 2026 has a real one.</summary>
internal static class Notices
{
    public const string Of2027 = """
        year: 2027
        notice: { title: 测试用的放假安排, number: 测试〔2026〕1号, date: 2026-11-20, source: made up for this test }
        holidays:
          - { zh: 元旦, en: New Year's Day, off: 2027-01-01 }
          - { zh: 春节, en: Spring Festival, off: 2027-02-05..2027-02-11, work: 2027-02-20 }
          - { zh: 清明节, en: Qingming Festival, off: 2027-04-05 }
          - { zh: 劳动节, en: Labour Day, off: 2027-05-01..2027-05-04 }
          - { zh: 端午节, en: Dragon Boat Festival, off: 2027-06-09 }
          - { zh: 中秋节, en: Mid-Autumn Festival, off: 2027-09-15 }
          - { zh: 国庆节, en: National Day, off: 2027-10-01..2027-10-07 }
        """;
}
