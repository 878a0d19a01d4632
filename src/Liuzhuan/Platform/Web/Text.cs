namespace Liuzhuan.Platform.Web;

/// <summary>A text that people read, in both languages. Both are required, so none can be forgotten.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
internal sealed record Text(string Zh, string En)
{
    public string In(string language) => language == PageLanguage.English ? En : Zh;
}
