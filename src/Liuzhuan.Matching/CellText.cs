using System.Text;

namespace Liuzhuan.Matching;

/// <summary>Decoding of cell bytes.</summary>
internal static class CellText
{
    /// <summary>GB 18030 as the runtime knows it; the code points that the 2022 edition moved out of private use are mapped by <see cref="Values.PersonName"/>.</summary>
    public static Encoding Gb18030 { get; } = LoadGb18030();

    public static Encoding Of(CellCoding coding) => coding == CellCoding.Gb18030 ? Gb18030 : Encoding.UTF8;

    private static Encoding LoadGb18030() => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
}
